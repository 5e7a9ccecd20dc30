# Layers of the RoBERTa/BERT encoder: post-LN, exact GELU. One call is one layer.
#
# B rows, T positions, D width, F feed-forward width. Constants: ${HEADS}, ${DROPOUT} (a rate; 0
# outside training), ${EPSILON} of LayerNorm, ${SCALAR_TYPE} of the products (6 = float32).
# mask: (B, T), 0 where a position is padding; an empty tensor where nothing is.
class Kernels(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool

  # x Wᵀ + b; operands in the scalar type of the products, the result too.
  def product(self: __torch__.Kernels, x: Tensor, w: Tensor, b: Tensor) -> Tensor:
    return torch.linear(torch.to(x, ${SCALAR_TYPE}), torch.to(w, ${SCALAR_TYPE}), torch.to(b, ${SCALAR_TYPE}))

  # (B, T, D) -> (B, heads, T, D / heads)
  def split(self: __torch__.Kernels, x: Tensor) -> Tensor:
    return torch.transpose(torch.reshape(x, [torch.size(x, 0), torch.size(x, 1), ${HEADS}, -1]), 1, 2)

  # q: (B, heads, Q, D / heads), k and v: (B, heads, T, D / heads) -> (B, Q, D)
  def attend(self: __torch__.Kernels, q: Tensor, k: Tensor, v: Tensor, mask: Tensor) -> Tensor:
    if torch.gt(torch.numel(mask), 0):
      seen = torch.unsqueeze(torch.unsqueeze(torch.gt(mask, 0), 1), 1)  # (B, 1, 1, T)
      y = torch.scaled_dot_product_attention(q, k, v, seen, ${DROPOUT})
    else:
      y = torch.scaled_dot_product_attention(q, k, v, None, ${DROPOUT})
    return torch.flatten(torch.transpose(y, 1, 2), 2)

  # LayerNorm(x + dropout(y)), in float32
  def join(self: __torch__.Kernels, x: Tensor, y: Tensor, w: Tensor, b: Tensor) -> Tensor:
    dropped = torch.dropout(torch.to(y, 6), ${DROPOUT}, True)
    return torch.layer_norm(torch.add(x, dropped), [torch.size(x, -1)], w, b, ${EPSILON})

  # The layer at the positions of `at` (B, Q, D), which attend to all of x (B, T, D) -> (B, Q, D)
  def layer(self: __torch__.Kernels, at: Tensor, x: Tensor, mask: Tensor, wq: Tensor, bq: Tensor, wk: Tensor, bk: Tensor, wv: Tensor, bv: Tensor, wo: Tensor, bo: Tensor, w1: Tensor, b1: Tensor, wi: Tensor, bi: Tensor, wf: Tensor, bf: Tensor, w2: Tensor, b2: Tensor) -> Tensor:
    q = self.product(at, wq, bq)  # (B, Q, D)
    kv = self.product(x, torch.cat([wk, wv]), torch.cat([bk, bv]))  # (B, T, 2 D)
    k, v, = torch.chunk(kv, 2, -1)
    y = self.attend(self.split(q), self.split(k), self.split(v), mask)  # (B, Q, D)
    h = self.join(at, self.product(y, wo, bo), w1, b1)
    f = torch.gelu(self.product(h, wi, bi))  # (B, Q, F)
    return self.join(h, self.product(f, wf, bf), w2, b2)

  # Every position: (B, T, D) -> (B, T, D)
  def all(self: __torch__.Kernels, x: Tensor, mask: Tensor, wq: Tensor, bq: Tensor, wk: Tensor, bk: Tensor, wv: Tensor, bv: Tensor, wo: Tensor, bo: Tensor, w1: Tensor, b1: Tensor, wi: Tensor, bi: Tensor, wf: Tensor, bf: Tensor, w2: Tensor, b2: Tensor) -> Tensor:
    return self.layer(x, x, mask, wq, bq, wk, bk, wv, bv, wo, bo, w1, b1, wi, bi, wf, bf, w2, b2)

  # The first position alone, all that a classifier reads of the last layer: -> (B, 1, D)
  def first(self: __torch__.Kernels, x: Tensor, mask: Tensor, wq: Tensor, bq: Tensor, wk: Tensor, bk: Tensor, wv: Tensor, bv: Tensor, wo: Tensor, bo: Tensor, w1: Tensor, b1: Tensor, wi: Tensor, bi: Tensor, wf: Tensor, bf: Tensor, w2: Tensor, b2: Tensor) -> Tensor:
    return self.layer(torch.slice(x, 1, 0, 1), x, mask, wq, bq, wk, bk, wv, bv, wo, bo, w1, b1, wi, bi, wf, bf, w2, b2)
