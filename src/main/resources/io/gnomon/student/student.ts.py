# What stands before and behind the student's encoder.
#
# B rows, T positions, D width of the encoder, K classes. Constants: ${OFFSET} of the position table
# (RoBERTa 2, BERT 0), ${DROPOUT} (a rate; 0 outside training), ${EPSILON} of LayerNorm,
# ${SCALAR_TYPE} of the products (6 = float32, 15 = bfloat16). Whatever comes out is float32.
class Kernels(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool

  # x Wᵀ + b; operands in the scalar type of the products, the result float32.
  def product(self: __torch__.Kernels, x: Tensor, w: Tensor, b: Tensor) -> Tensor:
    y = torch.linear(torch.to(x, ${SCALAR_TYPE}), torch.to(w, ${SCALAR_TYPE}), torch.to(b, ${SCALAR_TYPE}))
    return torch.to(y, 6)

  # (B, T, d) -> (B, T, D)
  def map(self: __torch__.Kernels, x: Tensor, w: Tensor, b: Tensor) -> Tensor:
    return self.product(x, w, b)

  # (B, T), 1 at tokens and 0 at padding -> (B, 1 + T), int64: the start vector is always seen.
  def extend(self: __torch__.Kernels, mask: Tensor) -> Tensor:
    return torch.constant_pad_nd(torch.to(mask, 4), [1, 0], 1)

  # Start vector, positions, token type, LayerNorm. x: (B, T, D), mask: (B, 1 + T) or empty
  # -> (B, 1 + T, D). RoBERTa counts positions over what is not padding and gives padding the row
  # before the first; BERT (offset 0) counts straight on.
  def embed(self: __torch__.Kernels, x: Tensor, mask: Tensor, start: Tensor, positions: Tensor, kind: Tensor, w: Tensor, b: Tensor) -> Tensor:
    first = torch.expand(start, [torch.size(x, 0), 1, -1])
    h = torch.cat([first, x], 1)  # (B, 1 + T, D)
    counted = torch.gt(torch.mul(torch.numel(mask), ${OFFSET}), 0)
    if counted:
      rows = torch.add(torch.mul(torch.cumsum(mask, 1), mask), torch.sub(${OFFSET}, 1))  # (B, 1 + T)
      p = torch.embedding(positions, rows)
    else:
      p = torch.slice(positions, 0, ${OFFSET}, torch.add(torch.size(h, 1), ${OFFSET}))
    sum = torch.add(torch.add(h, p), kind)
    return torch.dropout(torch.layer_norm(sum, [torch.size(h, -1)], w, b, ${EPSILON}), ${DROPOUT}, True)

  # dense, tanh, dense at the first position. h: (B, 1, D) -> (B, K)
  def head(self: __torch__.Kernels, h: Tensor, wd: Tensor, bd: Tensor, wo: Tensor, bo: Tensor) -> Tensor:
    y = torch.dropout(torch.select(h, 1, 0), ${DROPOUT}, True)
    z = torch.dropout(torch.tanh(self.product(y, wd, bd)), ${DROPOUT}, True)
    return self.product(z, wo, bo)
