class Kernels(Module):
  # W + ${SCALE} B A: a matrix with its low-rank addition, through which gradients reach A and B.
  __parameters__ = []
  __buffers__ = []
  training : bool

  # weight (O, D), a (R, D), b (O, R) -> (O, D). Dropout takes whole inputs, columns of A, for a step.
  def sum(self: __torch__.Kernels, weight: Tensor, a: Tensor, b: Tensor) -> Tensor:
    kept = torch.dropout(torch.ones_like(torch.slice(a, 0, 0, 1)), ${DROPOUT}, True)
    return torch.addmm(weight, b, torch.mul(a, kept), beta=1, alpha=${SCALE})

  # The same of a table as PEFT keeps it, crosswise: weight (V, D), a (R, V), b (D, R) -> (V, D)
  def table(self: __torch__.Kernels, weight: Tensor, a: Tensor, b: Tensor) -> Tensor:
    return torch.addmm(weight, torch.t(a), torch.t(b), beta=1, alpha=${SCALE})
