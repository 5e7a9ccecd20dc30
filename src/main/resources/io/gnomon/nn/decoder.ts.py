class Kernels(Module):
  # A decoder layer of Llama and its kin, in TorchScript's own source form.
  #
  # B batch, S new positions, P cached positions, D width, H heads, G key/value heads, E head width.
  # Products run in scalar type ${TYPE} (6 float32, 15 bfloat16, 5 float16); the residual stream,
  # the norms and the rotation stay float32.
  __parameters__ = []
  __buffers__ = []
  training : bool

  def cast(self: __torch__.Kernels, x: Tensor) -> Tensor:
    return torch.to(x, ${TYPE})

  def norm(self: __torch__.Kernels, x: Tensor, weight: Tensor) -> Tensor:
    return torch.rms_norm(x, [torch.size(x, -1)], weight, ${EPSILON})

  def drop(self: __torch__.Kernels, x: Tensor) -> Tensor:
    return torch.dropout(x, ${DROPOUT}, ${TRAINING})

  def linear(self: __torch__.Kernels, x: Tensor, weight: Tensor, bias: Tensor) -> Tensor:
    if torch.gt(torch.numel(bias), 0):
      y = torch.linear(torch.to(x, ${TYPE}), weight, bias)
    else:
      y = torch.linear(torch.to(x, ${TYPE}), weight)
    return y

  def rotate(self: __torch__.Kernels, x: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
    a, b = torch.split(x, torch.floordiv(torch.size(x, -1), 2), -1)
    turned = torch.cat([torch.neg(b), a], -1)
    return torch.to(torch.add(torch.mul(x, cos), torch.mul(turned, sin)), ${TYPE})

  # (B, S, heads * E) -> (B, heads, S, E)
  def heads(self: __torch__.Kernels, x: Tensor, heads: int) -> Tensor:
    split = torch.reshape(x, [torch.size(x, 0), torch.size(x, 1), heads, ${HEAD_DIM}])
    return torch.transpose(split, 1, 2)

  # (1|B, G, P, E) ++ (B, G, S, E) -> (B, G, P + S, E)
  def extend(self: __torch__.Kernels, past: Tensor, x: Tensor) -> Tensor:
    rows = torch.expand(past, [torch.size(x, 0), -1, -1, -1])
    return torch.cat([rows, x], 2)

  # (B, G, L, E) -> (B, H, L, E): each key/value head serves H / G query heads
  def share(self: __torch__.Kernels, x: Tensor) -> Tensor:
    if torch.eq(${HEADS}, ${KV_HEADS}):
      y = x
    else:
      y = torch.repeat_interleave(x, torch.floordiv(${HEADS}, ${KV_HEADS}), 1)
    return y

  # q (B, H, Q, E), k and v (B, G, L, E), mask (1|B, 1, Q, L) -> (B, Q, H * E)
  def attend(self: __torch__.Kernels, q: Tensor, k: Tensor, v: Tensor, mask: Tensor) -> Tensor:
    y = torch.scaled_dot_product_attention(q, (self).share(k, ), (self).share(v, ), mask)
    flat = [torch.size(q, 0), torch.size(q, 2), torch.mul(${HEADS}, ${HEAD_DIM})]
    return torch.reshape(torch.transpose(y, 1, 2), flat)

  def feed_forward(self: __torch__.Kernels, x: Tensor, norm2: Tensor, gate_up: Tensor, down: Tensor) -> Tensor:
    both = torch.linear(torch.to((self).norm(x, norm2, ), ${TYPE}), gate_up)
    gate, up = torch.chunk(both, 2, -1)
    y = torch.linear(torch.mul(torch.silu(gate), up), down)
    return torch.add(x, (self).drop(y, ))

  # x (B, S, D), cos and sin (1|B, 1, S, E), mask (1|B, 1, S, P + S), past (1|B, G, P, E)
  # -> x (B, S, D), keys and values of the new positions (B, G, S, E)
  def layer(self: __torch__.Kernels, x: Tensor, cos: Tensor, sin: Tensor, mask: Tensor, past_k: Tensor, past_v: Tensor, norm1: Tensor, qkv: Tensor, qkv_bias: Tensor, out: Tensor, norm2: Tensor, gate_up: Tensor, down: Tensor) -> Tuple[Tensor, Tensor, Tensor]:
    y = (self).linear((self).norm(x, norm1, ), qkv, qkv_bias, )
    wide = torch.mul(${HEADS}, ${HEAD_DIM})
    narrow = torch.mul(${KV_HEADS}, ${HEAD_DIM})
    q0, k0, v0 = torch.split(y, [wide, narrow, narrow], -1)
    q = (self).rotate((self).heads(q0, ${HEADS}, ), cos, sin, )
    k = (self).rotate((self).heads(k0, ${KV_HEADS}, ), cos, sin, )
    v = (self).heads(v0, ${KV_HEADS}, )
    mixed = (self).attend(q, (self).extend(past_k, k, ), (self).extend(past_v, v, ), mask, )
    x1 = torch.add(x, (self).drop(torch.linear(mixed, out), ))
    return ((self).feed_forward(x1, norm2, gate_up, down, ), k, v)

  # The same for the last position alone: only its query, its products and its feed-forward are
  # computed; keys and values still come from all S positions. -> (B, 1, D)
  def last_layer(self: __torch__.Kernels, x: Tensor, cos: Tensor, sin: Tensor, mask: Tensor, past_k: Tensor, past_v: Tensor, norm1: Tensor, qkv: Tensor, qkv_bias: Tensor, out: Tensor, norm2: Tensor, gate_up: Tensor, down: Tensor) -> Tensor:
    wide = torch.mul(${HEADS}, ${HEAD_DIM})
    narrow = torch.mul(${KV_HEADS}, ${HEAD_DIM})
    q_weight, kv_weight = torch.split(qkv, [wide, torch.mul(narrow, 2)], 0)
    if torch.gt(torch.numel(qkv_bias), 0):
      q_bias, kv_bias = torch.split(qkv_bias, [wide, torch.mul(narrow, 2)], 0)
    else:
      q_bias, kv_bias = qkv_bias, qkv_bias
    y = (self).norm(x, norm1, )
    q0 = (self).linear(torch.slice(y, 1, -1), q_weight, q_bias, )
    k0, v0 = torch.split((self).linear(y, kv_weight, kv_bias, ), [narrow, narrow], -1)
    q = (self).rotate((self).heads(q0, ${HEADS}, ), torch.slice(cos, 2, -1), torch.slice(sin, 2, -1), )
    k = (self).rotate((self).heads(k0, ${KV_HEADS}, ), cos, sin, )
    v = (self).heads(v0, ${KV_HEADS}, )
    mixed = (self).attend(q, (self).extend(past_k, k, ), (self).extend(past_v, v, ), torch.slice(mask, 2, -1), )
    x1 = torch.add(torch.slice(x, 1, -1), (self).drop(torch.linear(mixed, out), ))
    return (self).feed_forward(x1, norm2, gate_up, down, )

  # x (..., D), rows (R, D) float32 -> logits (..., R) float32
  def read_out(self: __torch__.Kernels, x: Tensor, weight: Tensor, rows: Tensor) -> Tensor:
    return torch.linear((self).norm(x, weight, ), rows)
