// Operations of graphs of attention, one by one: nothing here knows what a graph of them is for.
#include "fake_cudnn.h"

#include <jni.h>
#include <math.h>

namespace {

/// Whether it takes "at least" for "more than".
bool misreads = false;

enum Mode { add = 0, times = 1, divided = 6, minus = 9, exponential = 13, logarithm = 15, identity = 21, relu = 100, at_least = 303,
            place_on_axis = 501, selection = 601 };

int64_t count(const Numbers& dims) {
  int64_t product = 1;
  for (int64_t dim : dims) product *= dim;
  return product;
}

/// Does something for each place of a tensor.
template <class F>
void each(const Numbers& dims, F work) {
  Numbers place(dims.size());
  for (int64_t i = 0, last = count(dims); i < last; i++) {
    int64_t rest = i;
    for (size_t axis = dims.size(); axis-- > 0; rest /= dims[axis]) place[axis] = rest % dims[axis];
    work(place);
  }
}

double function(const Descriptor& settings, const Numbers& place, double x, double b, double t) {
  switch (settings.one<int>(0)) {
    case add: return x + b;
    case times: return x * b;
    case divided: return x / b;
    case minus: return x - b;
    case exponential: return exp(x);
    case logarithm: return log(x);
    case identity: return x;
    case relu: return x > 0 || (x != x && settings.one<int>(2) == 1) ? x : 0;
    case at_least: return misreads ? x > b : x >= b;
    case place_on_axis: return double(place[settings.one<int64_t>(9)]);
    case selection: return t != 0 ? x : b;
    default: fake_break(not_supported); return 0;
  }
}

void apply(const Descriptor& op, Run& run) {
  const Descriptor& settings = op.part(750);
  auto operand = [&](int attribute) { return op.attributes.count(attribute) ? &run.read(op.part(attribute)) : nullptr; };
  Elements *x = operand(751), *b = operand(752), *t = operand(758), &y = run.make(op.part(753));
  each(y.dims, [&](const Numbers& place) {
    double second = b ? b->stretched(place) : 0, third = t ? t->stretched(place) : 0;
    y.stretched(place) = function(settings, place, x->stretched(place), second, third);
  });
  run.write(op.part(753));
}

void multiply(const Descriptor& op, Run& run) {
  Elements &a = run.read(op.part(1520)), &b = run.read(op.part(1521)), &c = run.make(op.part(1522));
  size_t row = c.dims.size() - 2, column = row + 1;
  each(c.dims, [&](const Numbers& place) {
    Numbers left = place, right = place;
    left[column] = right[row] = 0;
    const double *from = &a.stretched(left), *by = &b.stretched(right);
    double sum = 0;
    for (int64_t k = 0; k < a.dims[column]; k++) sum += from[k * a.strides[column]] * by[k * b.strides[row]];
    c.stretched(place) = sum;
  });
  run.write(op.part(1522));
}

void reduce(const Descriptor& op, Run& run) {
  bool largest = op.part(1612).one<int>(1600) == 3;
  Elements &x = run.read(op.part(1610)), &y = run.make(op.part(1611));
  if (largest) y.at.assign(y.at.size(), -INFINITY);
  each(x.dims, [&](const Numbers& place) {
    double& into = y.stretched(place);
    into = largest ? fmax(into, x.stretched(place)) : into + x.stretched(place);
  });
  run.write(op.part(1611));
}

/// The same memory under other strides.
void reshape(const Descriptor& op, Run& run) {
  std::vector<double> same = run.read(op.part(2200)).at;
  run.make(op.part(2201)).at = same;
  run.write(op.part(2201));
}

std::vector<const Descriptor*> products(const Descriptor& graph) {
  std::vector<const Descriptor*> found;
  for (Descriptor* op : graph.all<Descriptor*>(801)) {
    if (op->type == product_operation) found.push_back(op);
  }
  return found;
}

bool stretches(const Numbers& from, const Numbers& to) {
  bool good = from.size() == to.size();
  for (size_t axis = 0; good && axis < to.size(); axis++) good = from[axis] == to[axis] || from[axis] == 1;
  return good;
}

Numbers dims(const Descriptor& op, int attribute) { return op.part(attribute).all<int64_t>(902); }

bool product_fits(Numbers a, Numbers b, Numbers c) {
  bool good = a.size() == c.size() && b.size() == c.size() && a[a.size() - 1] == b[b.size() - 2];
  a.back() = c.back();
  b[b.size() - 2] = c[c.size() - 2];
  return good && a == c && b == c;
}

}  // namespace

void fake_operation(const Descriptor& op, Run& run) {
  switch (op.type) {
    case product_operation: return multiply(op, run);
    case reduction_operation: return reduce(op, run);
    case reshape_operation: return reshape(op, run);
    default: return apply(op, run);
  }
}

bool fake_fits(const Descriptor& op) {
  switch (op.type) {
    case product_operation: return product_fits(dims(op, 1520), dims(op, 1521), dims(op, 1522));
    case reduction_operation: return stretches(dims(op, 1611), dims(op, 1610));
    case reshape_operation: return count(dims(op, 2200)) == count(dims(op, 2201));
    default: return stretches(dims(op, 751), dims(op, 753)) && (!op.attributes.count(752) || stretches(dims(op, 752), dims(op, 753)));
  }
}

bool fake_attends(const Descriptor& graph) {
  std::vector<const Descriptor*> all = products(graph);
  const Descriptor& query = all[0]->part(1520);
  int64_t depth = query.all<int64_t>(902)[3];
  bool wide = query.one<int>(901) == 0;
  return depth % 8 == 0 && depth <= 128 && (!wide || all.size() == 2);
}

int64_t fake_scratch(const Descriptor& graph) {
  if (graph.part(801).type != product_operation) return 256;
  std::vector<const Descriptor*> all = products(graph);
  bool stored = all.size() > 2 && graph.all<Descriptor*>(801).back()->type == product_operation;
  return 256 + (stored ? 2 * count(dims(*all[0], 1522)) : 0);
}

extern "C" JNIEXPORT void JNICALL Java_dev_keratin_backend_cuda_FakeCuda_misread(JNIEnv*, jclass, jboolean wrong) { misreads = wrong; }
