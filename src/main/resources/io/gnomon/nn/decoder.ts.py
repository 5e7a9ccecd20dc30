class Kernels(Module):
  # A decoder layer of Llama and its kin, in TorchScript's own source form.
  #
  # B batch, S new positions, P cached positions, D width, H heads, G key/value heads, E head width.
  # Products, rotation and attention run in scalar type ${TYPE} (6 float32, 15 bfloat16, 5 float16);
  # the residual stream and the norms stay float32. Where a line looks roundabout it is for speed: on
  # a CPU each pass over (B, S, D) counts, and libtorch's fused attention and rms_norm make many.
  __parameters__ = []
  __buffers__ = []
  training : bool

  def cast(self: __torch__.Kernels, x: Tensor) -> Tensor:
    return torch.to(x, ${TYPE})

  # x / sqrt(mean(x²) + ε) · weight
  def norm(self: __torch__.Kernels, x: Tensor, weight: Tensor) -> Tensor:
    if ${FROZEN}:
      length = torch.linalg_vector_norm(x, 2, [-1], True)
      square = torch.div(torch.mul(length, length), torch.size(x, -1))
      y = torch.mul_(torch.mul(x, torch.rsqrt(torch.add(square, ${EPSILON}))), weight)
    else:
      y = torch.rms_norm(x, [torch.size(x, -1)], weight, ${EPSILON})
    return y

  def drop(self: __torch__.Kernels, x: Tensor) -> Tensor:
    return torch.dropout(x, ${DROPOUT}, ${TRAINING})

  def linear(self: __torch__.Kernels, x: Tensor, weight: Tensor, bias: Tensor) -> Tensor:
    if torch.gt(torch.numel(bias), 0):
      y = torch.linear(torch.to(x, ${TYPE}), weight, bias)
    else:
      y = torch.linear(torch.to(x, ${TYPE}), weight)
    return y

  # x (B, S, N * E), cos and sin (1|B, S, 1, E / 2) -> (B, S, N, E)
  def rotate(self: __torch__.Kernels, x: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
    heads = torch.reshape(x, [torch.size(x, 0), torch.size(x, 1), -1, ${HEAD_DIM}])
    a, b = torch.chunk(heads, 2, -1)
    left = torch.addcmul(torch.mul(a, cos), b, sin, value=-1)
    right = torch.addcmul(torch.mul(b, cos), a, sin)
    return torch.cat([left, right], -1)

  # What the layers of one call share, in the form and type they take it: mask (1|B, 1, S, L), true
  # where a query may look, to what is added to scores; cos and sin (1|B, 1, S, E), both halves of
  # a head alike, to (1|B, S, 1, E / 2).
  def window(self: __torch__.Kernels, mask: Tensor, cos: Tensor, sin: Tensor) -> Tuple[Tensor, Tensor, Tensor]:
    hidden = torch.masked_fill(torch.to(torch.zeros_like(mask), ${TYPE}), torch.logical_not(mask), -inf)
    half = torch.floordiv(${HEAD_DIM}, 2)
    c = torch.transpose(torch.slice(cos, -1, 0, half), 1, 2)
    s = torch.transpose(torch.slice(sin, -1, 0, half), 1, 2)
    return (hidden, torch.contiguous(torch.to(c, ${TYPE})), torch.contiguous(torch.to(s, ${TYPE})))

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

  # Attention by two batched products, the queries of one key/value head together: no key or value
  # is repeated. On a CPU several times faster than the fused kernel, while the scores are few.
  # q (B, Q, H, E), k and v (B, G, L, E), mask (1|B, 1, Q, L) -> (B, Q, H * E)
  def attend_grouped(self: __torch__.Kernels, q: Tensor, k: Tensor, v: Tensor, mask: Tensor) -> Tensor:
    b, n, l = torch.size(q, 0), torch.size(q, 1), torch.size(k, 2)
    group = torch.floordiv(${HEADS}, ${KV_HEADS})
    both = torch.mul(b, ${KV_HEADS})
    rows = torch.mul(n, group)
    split = torch.transpose(torch.reshape(q, [b, n, ${KV_HEADS}, torch.mul(group, ${HEAD_DIM})]), 1, 2)
    queries = torch.reshape(split, [both, rows, ${HEAD_DIM}])
    keys = torch.reshape(torch.mul(k, ${SCALE}), [both, l, ${HEAD_DIM}])
    scores = torch.reshape(torch.bmm(queries, torch.transpose(keys, 1, 2)), [b, ${KV_HEADS}, n, group, l])
    seen = torch.add_(scores, torch.unsqueeze(mask, 3))
    weights = torch.reshape(torch.softmax(seen, -1), [both, rows, l])
    y = torch.bmm(weights, torch.reshape(v, [both, l, ${HEAD_DIM}]))
    back = torch.transpose(torch.reshape(y, [b, ${KV_HEADS}, n, torch.mul(group, ${HEAD_DIM})]), 1, 2)
    return torch.reshape(back, [b, n, torch.mul(${HEADS}, ${HEAD_DIM})])

  # q (B, Q, H, E), k and v (B, G, L, E), mask (1|B, 1, Q, L) -> (B, Q, H * E)
  def attend_fused(self: __torch__.Kernels, q: Tensor, k: Tensor, v: Tensor, mask: Tensor) -> Tensor:
    y = torch.scaled_dot_product_attention(torch.transpose(q, 1, 2), (self).share(k, ), (self).share(v, ), mask)
    flat = [torch.size(q, 0), torch.size(q, 1), torch.mul(${HEADS}, ${HEAD_DIM})]
    return torch.reshape(torch.transpose(y, 1, 2), flat)

  def attend(self: __torch__.Kernels, q: Tensor, k: Tensor, v: Tensor, mask: Tensor) -> Tensor:
    scores = torch.mul(torch.mul(torch.size(q, 0), torch.mul(torch.size(q, 1), ${HEADS})), torch.size(k, 2))
    if torch.gt(${FEW_SCORES}, scores):
      y = (self).attend_grouped(q, k, v, mask, )
    else:
      y = (self).attend_fused(q, k, v, mask, )
    return y

  # x + dropout(y), written over y: what made y needs it no more, going back neither
  def join(self: __torch__.Kernels, x: Tensor, y: Tensor) -> Tensor:
    return torch.add_(torch.to((self).drop(y, ), 6), x)

  def feed_forward(self: __torch__.Kernels, x: Tensor, norm2: Tensor, gate_up: Tensor, down: Tensor) -> Tensor:
    both = torch.linear(torch.to((self).norm(x, norm2, ), ${TYPE}), gate_up)
    gate, up = torch.chunk(both, 2, -1)
    y = torch.linear(torch.mul(torch.silu(gate), up), down)
    return (self).join(x, y, )

  # x (B, S, D), cos and sin (1|B, S, 1, E / 2), mask (1|B, 1, S, P + S), past (1|B, G, P, E)
  # -> x (B, S, D), keys and values of the new positions (B, G, S, E)
  def layer(self: __torch__.Kernels, x: Tensor, cos: Tensor, sin: Tensor, mask: Tensor, past_k: Tensor, past_v: Tensor, norm1: Tensor, qkv: Tensor, qkv_bias: Tensor, out: Tensor, norm2: Tensor, gate_up: Tensor, down: Tensor) -> Tuple[Tensor, Tensor, Tensor]:
    y = (self).linear((self).norm(x, norm1, ), qkv, qkv_bias, )
    wide = torch.mul(${HEADS}, ${HEAD_DIM})
    narrow = torch.mul(${KV_HEADS}, ${HEAD_DIM})
    qk, v0 = torch.split(y, [torch.add(wide, narrow), narrow], -1)
    q, k0 = torch.split((self).rotate(qk, cos, sin, ), [${HEADS}, ${KV_HEADS}], 2)
    k = torch.transpose(k0, 1, 2)
    v = (self).heads(v0, ${KV_HEADS}, )
    mixed = (self).attend(q, (self).extend(past_k, k, ), (self).extend(past_v, v, ), mask, )
    x1 = (self).join(x, torch.linear(mixed, out), )
    return ((self).feed_forward(x1, norm2, gate_up, down, ), k, v)

  # Rows of qkv or of its bias: the queries', and those of keys and values together.
  def parts(self: __torch__.Kernels, qkv: Tensor) -> Tuple[Tensor, Tensor]:
    if torch.gt(torch.numel(qkv), 0):
      wide = torch.mul(${HEADS}, ${HEAD_DIM})
      q, kv = torch.split(qkv, [wide, torch.mul(torch.mul(${KV_HEADS}, ${HEAD_DIM}), 2)], 0)
    else:
      q, kv = qkv, qkv
    return (q, kv)

  # y (B, S, D), normed -> keys and values (B, G, S, E)
  def keys(self: __torch__.Kernels, y: Tensor, cos: Tensor, sin: Tensor, weight: Tensor, bias: Tensor) -> Tuple[Tensor, Tensor]:
    narrow = torch.mul(${KV_HEADS}, ${HEAD_DIM})
    k0, v0 = torch.split((self).linear(y, weight, bias, ), [narrow, narrow], -1)
    k = torch.transpose((self).rotate(k0, cos, sin, ), 1, 2)
    return (k, (self).heads(v0, ${KV_HEADS}, ))

  # What a layer keeps of x where nobody reads its output: keys and values (B, G, S, E)
  def keys_layer(self: __torch__.Kernels, x: Tensor, cos: Tensor, sin: Tensor, norm1: Tensor, qkv: Tensor, qkv_bias: Tensor) -> Tuple[Tensor, Tensor]:
    q_weight, kv_weight = (self).parts(qkv, )
    q_bias, kv_bias = (self).parts(qkv_bias, )
    return (self).keys((self).norm(x, norm1, ), cos, sin, kv_weight, kv_bias, )

  # The layer at the positions ends (Q), int64, alone: only their queries, their products and their
  # feed-forward are computed; keys and values still come from all S positions. -> (B, Q, D)
  def ends_layer(self: __torch__.Kernels, x: Tensor, cos: Tensor, sin: Tensor, mask: Tensor, past_k: Tensor, past_v: Tensor, norm1: Tensor, qkv: Tensor, qkv_bias: Tensor, out: Tensor, norm2: Tensor, gate_up: Tensor, down: Tensor, ends: Tensor) -> Tensor:
    q_weight, kv_weight = (self).parts(qkv, )
    q_bias, kv_bias = (self).parts(qkv_bias, )
    y = (self).norm(x, norm1, )
    q0 = (self).linear(torch.index_select(y, 1, ends), q_weight, q_bias, )
    k, v = (self).keys(y, cos, sin, kv_weight, kv_bias, )
    q = (self).rotate(q0, torch.index_select(cos, 1, ends), torch.index_select(sin, 1, ends), )
    seen = torch.index_select(mask, 2, ends)
    mixed = (self).attend(q, (self).extend(past_k, k, ), (self).extend(past_v, v, ), seen, )
    x1 = (self).join(torch.index_select(x, 1, ends), torch.linear(mixed, out), )
    return (self).feed_forward(x1, norm2, gate_up, down, )

  # The same for the last position. -> (B, 1, D)
  def last_layer(self: __torch__.Kernels, x: Tensor, cos: Tensor, sin: Tensor, mask: Tensor, past_k: Tensor, past_v: Tensor, norm1: Tensor, qkv: Tensor, qkv_bias: Tensor, out: Tensor, norm2: Tensor, gate_up: Tensor, down: Tensor) -> Tensor:
    q_weight, kv_weight = (self).parts(qkv, )
    q_bias, kv_bias = (self).parts(qkv_bias, )
    y = (self).norm(x, norm1, )
    q0 = (self).linear(torch.slice(y, 1, -1), q_weight, q_bias, )
    k, v = (self).keys(y, cos, sin, kv_weight, kv_bias, )
    q = (self).rotate(q0, torch.slice(cos, 1, -1), torch.slice(sin, 1, -1), )
    mixed = (self).attend(q, (self).extend(past_k, k, ), (self).extend(past_v, v, ), torch.slice(mask, 2, -1), )
    x1 = (self).join(torch.slice(x, 1, -1), torch.linear(mixed, out), )
    return (self).feed_forward(x1, norm2, gate_up, down, )

  # x (..., D), rows (R, D) float32 -> logits (..., R) float32
  def read_out(self: __torch__.Kernels, x: Tensor, weight: Tensor, rows: Tensor) -> Tensor:
    return torch.linear((self).norm(x, weight, ), rows)
