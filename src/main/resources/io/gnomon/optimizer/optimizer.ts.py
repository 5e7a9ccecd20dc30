# Steps on lists of tensors, in place. Nothing here makes the host wait for a card.
class Kernels(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool

  # The L2 norm of all gradients taken as one vector.
  def norm(self: __torch__.Kernels, gradients: List[Tensor]) -> Tensor:
    return torch.linalg_vector_norm(torch.stack(torch._foreach_norm(gradients)))

  # Scales the gradients down to the largest norm let through (float64, on the host); non-finite ones
  # stay as they are. The factor is a quotient in float64, rounded once; on a CPU, where looking costs
  # nothing, a factor of one saves the pass. -> the norm before
  def clip(self: __torch__.Kernels, gradients: List[Tensor], largest: Tensor) -> Tensor:
    norm = (self).norm(gradients, )
    wide = torch.to(norm, 7)
    limit = torch.full_like(wide, float(largest))
    over = torch.logical_and(torch.gt(wide, limit), torch.isfinite(wide))
    factor = torch.to(torch.where(over, torch.div(limit, wide), torch.ones_like(wide)), 6)
    if ops.prim.is_cuda(norm):
      scales = True
    else:
      scales = bool(over)
    if scales:
      torch._foreach_mul_(gradients, factor)
    return norm

  # bad: 1 from the first step on whose loss or gradient norm is not finite, 0 before; seen: loss and
  # norm of that step, of the newest before. All float32.
  def guard(self: __torch__.Kernels, bad: Tensor, seen: Tensor, loss: Tensor, norm: Tensor) -> Tensor:
    now = torch.stack([torch.to(loss, 6), torch.to(norm, 6)])
    finite = torch.all(torch.isfinite(now))
    _0 = torch.copy_(seen, torch.where(torch.gt(bad, 0), seen, now))
    _1 = torch.copy_(bad, torch.where(finite, bad, torch.ones_like(bad)))
    return bad

  # count <- count + 1, unless the step is bad
  def count(self: __torch__.Kernels, steps: Tensor, bad: Tensor) -> Tensor:
    return torch.add_(steps, torch.sub(torch.ones_like(bad), bad))

  def zero(self: __torch__.Kernels, gradients: List[Tensor]) -> Tensor:
    torch._foreach_zero_(gradients)
    return gradients[0]

  # AdamW (Loshchilov & Hutter 2019) with libtorch's fused step; steps: the count of this step, once
  # a tensor; bad: nothing is written where it is 1; settings: rate, beta 1, beta 2, weight decay,
  # epsilon, as float64 on the host.
  def adamw(self: __torch__.Kernels, parameters: List[Tensor], gradients: List[Tensor], m: List[Tensor], v: List[Tensor], steps: List[Tensor], bad: Tensor, settings: Tensor) -> Tensor:
    rate = float(settings[0])
    beta1 = float(settings[1])
    beta2 = float(settings[2])
    decay = float(settings[3])
    epsilon = float(settings[4])
    torch._fused_adamw_(parameters, gradients, m, v, annotate(List[Tensor], []), steps, lr=rate, beta1=beta1, beta2=beta2, weight_decay=decay, eps=epsilon, amsgrad=False, maximize=False, grad_scale=None, found_inf=bad)
    return settings
