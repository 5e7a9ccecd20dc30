class Kernels(Module):
  # What teaching needs beside the decoder: embedding with gradients, the class loss over the whole
  # vocabulary, the next-token loss, and the running mean of the weights.
  __parameters__ = []
  __buffers__ = []
  training : bool

  # weight (V, D), ids (B, S) -> (B, S, D)
  def embed(self: __torch__.Kernels, weight: Tensor, ids: Tensor) -> Tensor:
    return torch.dropout(torch.embedding(weight, ids), ${DROPOUT}, True)

  # x (B, S, D) -> its last position (B, D)
  def last(self: __torch__.Kernels, x: Tensor) -> Tensor:
    return torch.select(x, 1, -1)

  # logits (B, V), words (B, W) ids of the right class, kept (B, W) 0 or -inf on filled places
  # -> mean over rows of -log sum_w p(w)
  def class_loss(self: __torch__.Kernels, logits: Tensor, words: Tensor, kept: Tensor) -> Tensor:
    log_p = torch.gather(torch.log_softmax(logits, -1), 1, words)
    return torch.neg(torch.mean(torch.logsumexp(torch.add(log_p, kept), [1])))

  # x (B, S, D), at (P) positions in the flattened (B * S), -> (P, D)
  def select(self: __torch__.Kernels, x: Tensor, at: Tensor) -> Tensor:
    return torch.index_select(torch.reshape(x, [-1, torch.size(x, 2)]), 0, at)

  # logits (P, V), ids (P, 1) -> mean of -log p(id)
  def token_loss(self: __torch__.Kernels, logits: Tensor, ids: Tensor) -> Tensor:
    return torch.neg(torch.mean(torch.gather(torch.log_softmax(logits, -1), 1, ids)))

  # mean <- decay * mean + (1 - decay) * value, in place
  def average(self: __torch__.Kernels, mean: Tensor, value: Tensor, decay: Tensor) -> Tensor:
    rate = float(decay)
    _0 = torch.add_(torch.mul_(mean, rate), value, alpha=torch.sub(1., rate))
    return decay
