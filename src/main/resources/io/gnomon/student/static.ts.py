# A student that pools its input's embeddings.
#
# B rows, T tokens, d width of the embeddings, M features of a token, F width of the hidden layer, K
# classes. All float32.
class Kernels(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool

  # x: (B, T, d), mask: (B, T), 1 at tokens and 0 at padding -> (B, K). A place of zeros in front is
  # what the largest of no token is; padding is made such a place.
  def logits(self: __torch__.Kernels, x: Tensor, mask: Tensor, wm: Tensor, bm: Tensor, wd: Tensor, bd: Tensor, wo: Tensor, bo: Tensor) -> Tensor:
    seen = torch.to(mask, 6)  # (B, T)
    features = torch.gelu(torch.linear(x, wm, bm))  # (B, T, M)
    kept = torch.mul(features, torch.unsqueeze(seen, -1))
    count = torch.clamp_min(torch.sum(seen, [1], True), 1)  # (B, 1)
    mean = torch.div(torch.sum(kept, [1]), count)  # (B, M)
    largest = torch.amax(torch.constant_pad_nd(kept, [0, 0, 1, 0], 0), [1])  # (B, M)
    hidden = torch.tanh(torch.linear(torch.cat([mean, largest], 1), wd, bd))  # (B, F)
    return torch.linear(hidden, wo, bo)
