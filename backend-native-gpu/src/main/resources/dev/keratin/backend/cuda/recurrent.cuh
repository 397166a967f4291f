// One step of the recurrent layers, a thread for each unit of each sequence. Tensors [batch, time, n] are given from their
// place of this step on; those that a product with the recurrent matrix takes or gives are [batch, n].

namespace {

template <class S>
struct Wide {
  typedef typename Element<S>::compute T;
};

/// Whether a mask, if there is one, leaves this step of a sequence out.
inline bool is_skipped(const bool* mask, int64_t sequence, int64_t time) { return mask && !mask[sequence * time]; }

/// `initial` says that c_state holds nothing yet.
template <class S, class T = typename Wide<S>::T>
inline void lstm_forward(int64_t count, int64_t units, int64_t time, const bool* mask, int64_t initial, const S* projected,
                         const S* h_before, const S* c0, const T* product, T* c_state, S* h_state, S* h, S* c, S* gates) {
  FOR_EACH(i, count) {
    const int64_t sequence = i / units, unit = i % units, place = sequence * time * units + unit;
    T gate[4];
#pragma unroll
    for (int g = 0; g < 4; g++) {
      int64_t at = sequence * time * 4 * units + g * units + unit;
      T sum = Element<S>::load(projected[at]) + product[(sequence * 4 + g) * units + unit];
      gate[g] = g == 2 ? f_tanh(sum) : f_sigmoid(sum);
      gates[at] = Element<S>::store(gate[g]);
    }
    T before = initial ? Element<S>::load(c0[i]) : c_state[i];
    bool skipped = is_skipped(mask, sequence, time);
    T after = skipped ? before : gate[1] * before + gate[0] * gate[2];
    S next = skipped ? h_before[i] : Element<S>::store(gate[3] * f_tanh(after));
    c_state[i] = after;
    h_state[i] = next;
    h[place] = next;
    c[place] = Element<S>::store(after);
  }
}

/// What the steps after this one leave of the gradient of a state: `kept` past the product, and what the product gives.
template <class T>
inline T received(int64_t last, const T* kept, const T* product, int64_t i) {
  return last ? T(0) : product ? kept[i] + product[i] : kept[i];
}

/// Writes an element of the gradient of the sums of this step, to where the sequence has it and to where the product reads it.
template <class S, class T = typename Wide<S>::T>
inline void put_sums(S* dz, S* dz_step, int64_t sequence, int64_t time, int64_t units, int64_t unit, int gates, const T* values) {
  for (int g = 0; g < gates; g++) {
    S value = Element<S>::store(values[g]);
    dz[(sequence * time * gates + g) * units + unit] = value;
    dz_step[(sequence * gates + g) * units + unit] = value;
  }
}

/// `before` has a row of `before_width` elements for each sequence.
template <class S, class T = typename Wide<S>::T>
inline void lstm_backward(int64_t count, int64_t units, int64_t time, const bool* mask, int64_t last, int64_t before_width,
                          const S* before, const S* c, const S* gates, const S* dh_in, const S* dc_in, const T* product,
                          T* dh_kept, T* dc_kept, S* dz, S* dz_step) {
  FOR_EACH(i, count) {
    const int64_t sequence = i / units, unit = i % units, place = sequence * time * units + unit;
    const S* gate = gates + sequence * time * 4 * units + unit;
    T dh = received(last, dh_kept, product, i) + Element<S>::load(dh_in[place]);
    T dc = received(last, dc_kept, (const T*)0, i) + Element<S>::load(dc_in[place]);
    T dz_of[4] = {0, 0, 0, 0};
    if (!is_skipped(mask, sequence, time)) {
      T in = Element<S>::load(gate[0]), forget = Element<S>::load(gate[units]);
      T candidate = Element<S>::load(gate[2 * units]), out = Element<S>::load(gate[3 * units]);
      T tanh_c = f_tanh(Element<S>::load(c[place]));
      dc += dh * out * (1 - tanh_c * tanh_c);
      dz_of[0] = dc * candidate * in * (1 - in);
      dz_of[1] = dc * Element<S>::load(before[sequence * before_width + unit]) * forget * (1 - forget);
      dz_of[2] = dc * in * (1 - candidate * candidate);
      dz_of[3] = dh * tanh_c * out * (1 - out);
      dc *= forget;
      dh = 0;
    }
    dh_kept[i] = dh;
    dc_kept[i] = dc;
    put_sums(dz, dz_step, sequence, time, units, unit, 4, dz_of);
  }
}

template <class S, class T = typename Wide<S>::T>
inline void gru_forward(int64_t count, int64_t units, int64_t time, const bool* mask, const S* projected, const S* bias,
                        const S* h_before, const T* product, S* h_state, S* h, S* gates) {
  FOR_EACH(i, count) {
    const int64_t sequence = i / units, unit = i % units, place = sequence * time * units + unit;
    T x[3], r[3];
#pragma unroll
    for (int g = 0; g < 3; g++) {
      x[g] = Element<S>::load(projected[(sequence * time * 3 + g) * units + unit]);
      r[g] = product[(sequence * 3 + g) * units + unit] + Element<S>::load(bias[g * units + unit]);
    }
    T update = f_sigmoid(x[0] + r[0]), reset = f_sigmoid(x[1] + r[1]), candidate = f_tanh(x[2] + reset * r[2]);
    S* gate = gates + sequence * time * 4 * units + unit;
    gate[0] = Element<S>::store(update);
    gate[units] = Element<S>::store(reset);
    gate[2 * units] = Element<S>::store(candidate);
    gate[3 * units] = Element<S>::store(r[2]);
    S next = h_before[i];
    if (!is_skipped(mask, sequence, time)) {
      next = Element<S>::store(update * Element<S>::load(next) + (1 - update) * candidate);
    }
    h_state[i] = next;
    h[place] = next;
  }
}

/// `before` has a row of `before_width` elements for each sequence.
template <class S, class T = typename Wide<S>::T>
inline void gru_backward(int64_t count, int64_t units, int64_t time, const bool* mask, int64_t last, int64_t before_width,
                         const S* before, const S* gates, const S* dh_in, const T* product, T* dh_kept, S* dx, S* dr, S* dr_step) {
  FOR_EACH(i, count) {
    const int64_t sequence = i / units, unit = i % units, place = sequence * time * units + unit;
    const S* gate = gates + sequence * time * 4 * units + unit;
    T dh = received(last, dh_kept, product, i) + Element<S>::load(dh_in[place]);
    T dr_of[3] = {0, 0, 0}, dn = 0;
    if (!is_skipped(mask, sequence, time)) {
      T update = Element<S>::load(gate[0]), reset = Element<S>::load(gate[units]), candidate = Element<S>::load(gate[2 * units]);
      dn = dh * (1 - update) * (1 - candidate * candidate);
      dr_of[0] = dh * (Element<S>::load(before[sequence * before_width + unit]) - candidate) * update * (1 - update);
      dr_of[1] = dn * Element<S>::load(gate[3 * units]) * reset * (1 - reset);
      dr_of[2] = dn * reset;
      dh *= update;
    }
    dh_kept[i] = dh;
    put_sums(dr, dr_step, sequence, time, units, unit, 3, dr_of);
    S* to = dx + sequence * time * 3 * units + unit;
    to[0] = Element<S>::store(dr_of[0]);
    to[units] = Element<S>::store(dr_of[1]);
    to[2 * units] = Element<S>::store(dn);
  }
}

/// The gradient of an initial state; 0 without steps. The product may be missing.
template <class S, class T = typename Wide<S>::T>
inline void initial_gradient(int64_t count, int64_t time, const T* kept, const T* product, S* to) {
  FOR_EACH(i, count) to[i] = Element<S>::store(received(time == 0, kept, product, i));
}

}  // namespace
