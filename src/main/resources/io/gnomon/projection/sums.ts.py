# What is summed between two rows of a trace, on the device.
class Kernels(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool

  # sums: (2 + N) float64, the steps counted, the newest gradient norm, N sums. Takes in a step of N
  # values, unless it is bad.
  def add(self: __torch__.Kernels, values: List[Tensor], norm: Tensor, sums: Tensor, bad: Tensor) -> Tensor:
    counted = torch.add(torch.select(sums, 0, 0), 1)
    newest = torch.stack([counted, torch.to(norm, 7)])
    summed = torch.add(torch.slice(sums, 0, 2), torch.to(torch.stack(values), 7))
    _0 = torch.copy_(sums, torch.where(torch.gt(bad, 0), sums, torch.cat([newest, summed])))
    return sums
