# Steps on lists of tensors, in place.
class Kernels(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool

  # The L2 norm of all gradients taken as one vector.
  def norm(self: __torch__.Kernels, gradients: List[Tensor]) -> Tensor:
    return torch.linalg_vector_norm(torch.stack(torch._foreach_norm(gradients)))

  def scale(self: __torch__.Kernels, gradients: List[Tensor], factor: Tensor) -> Tensor:
    torch._foreach_mul_(gradients, float(factor))
    return factor

  def zero(self: __torch__.Kernels, gradients: List[Tensor]) -> Tensor:
    torch._foreach_zero_(gradients)
    return gradients[0]

  # AdamW (Loshchilov & Hutter 2019) with libtorch's fused step; steps: the count of this step, once
  # a tensor; settings: rate, beta 1, beta 2, weight decay, epsilon, as float64 on the host.
  def adamw(self: __torch__.Kernels, parameters: List[Tensor], gradients: List[Tensor], m: List[Tensor], v: List[Tensor], steps: List[Tensor], settings: Tensor) -> Tensor:
    rate = float(settings[0])
    beta1 = float(settings[1])
    beta2 = float(settings[2])
    decay = float(settings[3])
    epsilon = float(settings[4])
    torch._fused_adamw_(parameters, gradients, m, v, annotate(List[Tensor], []), steps, lr=rate, beta1=beta1, beta2=beta2, weight_decay=decay, eps=epsilon, amsgrad=False, maximize=False)
    return settings
