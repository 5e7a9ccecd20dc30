class Kernels(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool

  # target <- value, in place; both of one shape
  def assign(self: __torch__.Kernels, target: Tensor, value: Tensor) -> Tensor:
    _0 = torch.copy_(target, value)
    return value
