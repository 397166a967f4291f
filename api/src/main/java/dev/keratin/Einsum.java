package dev.keratin;

import dev.keratin.backend.DType;
import dev.keratin.backend.Shape;
import dev.keratin.backend.ir.MatMul;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * One Einstein summation. Operands are contracted from left to right, two at a time, each as one product of matrices:
 * labels of both that are needed later are batch axes, labels of both that are not are summed, all others stay.
 */
final class Einsum {
    /** A tensor and the label of each of its axes. */
    private record Term(Tensor tensor, List<Integer> labels) {
        long length(int label) {
            return tensor.shape().dim(labels.indexOf(label));
        }

        Shape shape(List<Integer> some) {
            return Shape.of(some.stream().map(this::length).toList());
        }

        Term arranged(List<Integer> order) {
            int[] axes = order.stream().mapToInt(labels::indexOf).toArray();
            boolean same = IntStream.range(0, axes.length).allMatch(i -> axes[i] == i);
            return new Term(same ? tensor : Ops.transpose(tensor, axes), order);
        }
    }

    private static final int ELLIPSIS = 1 << 16;

    private final String equation;
    private final List<Tensor> operands;
    private final Map<Integer, Long> lengths = new HashMap<>();

    Einsum(String equation, List<Tensor> operands) {
        this.equation = equation.replace(" ", "");
        this.operands = operands;
    }

    Tensor apply() {
        int arrow = equation.indexOf("->");
        String[] inputs = (arrow < 0 ? equation : equation.substring(0, arrow)).split(",", -1);
        if (inputs.length != operands.size()) {
            throw refused(inputs.length + " operands are required");
        }
        List<List<Integer>> labels = new ArrayList<>();
        for (int i = 0; i < inputs.length; i++) {
            labels.add(labels(inputs[i], operands.get(i).rank()));
        }
        List<Integer> output = arrow < 0 ? implicitOutput(labels)
                : labels(equation.substring(arrow + 2), outputRank(equation.substring(arrow + 2), labels));
        requireKnown(output, labels);
        List<Term> terms = new ArrayList<>();
        for (int i = 0; i < inputs.length; i++) {
            terms.add(diagonal(new Term(operands.get(i), labels.get(i))));
        }
        return contracted(terms, output);
    }

    private Tensor contracted(List<Term> terms, List<Integer> output) {
        terms.forEach(term -> term.labels.forEach(label -> noteLength(label, term.length(label))));
        for (int i = 0; i < terms.size(); i++) {
            terms.set(i, summed(terms.get(i), needed(terms, i, -1, output)));
        }
        while (terms.size() > 1) {
            Set<Integer> later = needed(terms, 0, 1, output);
            Term product = product(terms.get(0), terms.get(1), later, output);
            terms.remove(0);
            terms.set(0, product);
        }
        return summed(terms.get(0), new LinkedHashSet<>(output)).arranged(output).tensor;
    }

    /** The labels that the output or terms other than the two given ones have. */
    private static Set<Integer> needed(List<Term> terms, int except, int alsoExcept, List<Integer> output) {
        Set<Integer> needed = new LinkedHashSet<>(output);
        for (int i = 0; i < terms.size(); i++) {
            if (i != except && i != alsoExcept) {
                needed.addAll(terms.get(i).labels);
            }
        }
        return needed;
    }

    private Term product(Term a, Term b, Set<Integer> later, List<Integer> output) {
        List<Integer> batch = a.labels.stream().filter(l -> b.labels.contains(l) && later.contains(l)).toList();
        List<Integer> inner = a.labels.stream().filter(l -> b.labels.contains(l) && !later.contains(l)).toList();
        List<Integer> keptA = a.labels.stream().filter(l -> !b.labels.contains(l)).toList();
        List<Integer> keptB = b.labels.stream().filter(l -> !a.labels.contains(l)).toList();
        if (first(output, keptB) < first(output, keptA)) {
            return product(stretched(b, inner), stretched(a, inner), List.of(batch, inner, keptB, keptA));
        }
        return product(stretched(a, inner), stretched(b, inner), List.of(batch, inner, keptA, keptB));
    }

    private Term product(Term a, Term b, List<List<Integer>> groups) {
        List<Integer> batch = groups.get(0);
        List<Integer> inner = groups.get(1);
        List<Integer> keptA = groups.get(2);
        List<Integer> keptB = groups.get(3);
        List<Integer> labels = joined(batch, keptA, keptB);
        if (inner.isEmpty()) {
            return new Term(Ops.multiply(aligned(a, labels), aligned(b, labels)), labels);
        }
        boolean turnA = first(a.labels, inner) < first(a.labels, keptA);
        boolean turnB = first(b.labels, keptB) < first(b.labels, inner);
        Tensor left = grouped(a, batch, turnA ? inner : keptA, turnA ? keptA : inner);
        Tensor right = grouped(b, batch, turnB ? keptB : inner, turnB ? inner : keptB);
        Tensor product = OpsBase.apply(new MatMul(turnA, turnB), left, right);
        Shape batchShape = product.shape().subShape(0, batch.size());
        return new Term(ShapeOps.reshaped(product, batchShape.concat(a.shape(keptA)).concat(b.shape(keptB))), labels);
    }

    /** The term as [batch..., rows, columns], the labels of each group merged. */
    private static Tensor grouped(Term term, List<Integer> batch, List<Integer> rows, List<Integer> columns) {
        Tensor arranged = term.arranged(joined(batch, rows, columns)).tensor;
        Shape shape = arranged.shape();
        long columnCount = shape.subShape(batch.size() + rows.size(), shape.rank()).size();
        long rowCount = shape.subShape(batch.size(), batch.size() + rows.size()).size();
        return ShapeOps.reshaped(arranged, shape.subShape(0, batch.size()).concat(Shape.of(rowCount, columnCount)));
    }

    /** The term with axes of length 1 for the labels it lacks. */
    private static Tensor aligned(Term term, List<Integer> labels) {
        List<Integer> own = labels.stream().filter(term.labels::contains).toList();
        Term arranged = term.arranged(own);
        Shape shape = Shape.of(labels.stream().map(l -> own.contains(l) ? term.length(l) : 1L).toList());
        return ShapeOps.reshaped(arranged.tensor, shape);
    }

    /** The term with every axis of length 1 that is summed stretched to its full length. */
    private Term stretched(Term term, List<Integer> summed) {
        Shape shape = term.tensor.shape();
        for (int label : summed) {
            shape = shape.with(term.labels.indexOf(label), lengths.get(label));
        }
        return new Term(Ops.broadcastTo(term.tensor, shape), term.labels);
    }

    private static Term summed(Term term, Set<Integer> needed) {
        List<Integer> kept = term.labels.stream().filter(needed::contains).toList();
        int[] gone = IntStream.range(0, term.labels.size()).filter(i -> !needed.contains(term.labels.get(i))).toArray();
        return gone.length == 0 ? term : new Term(Ops.cast(Ops.sum(term.tensor, gone, false), term.tensor.dtype()), kept);
    }

    /** The term with each repeated label once: the elements where its axes have the same index. */
    private static Term diagonal(Term term) {
        for (int i = 0; i < term.labels.size(); i++) {
            int label = term.labels.get(i);
            int other = term.labels.subList(i + 1, term.labels.size()).indexOf(label);
            if (other >= 0) {
                List<Integer> labels = new ArrayList<>(term.labels);
                labels.remove(i + 1 + other);
                labels.remove(i);
                labels.add(label);
                return diagonal(new Term(Diagonals.of(term.tensor, 0, i, i + 1 + other), labels));
            }
        }
        return term;
    }

    private List<Integer> labels(String text, int rank) {
        List<Integer> labels = new ArrayList<>();
        int dots = text.indexOf("...");
        int letters = dots < 0 ? text.length() : text.length() - 3;
        if (dots < 0 && letters != rank || letters > rank) {
            throw refused("one label for each axis is required in \"" + text + "\"");
        }
        for (int i = 0; i < text.length(); i++) {
            if (i == dots) {
                for (int axis = rank - letters; axis > 0; axis--) {
                    labels.add(ELLIPSIS + axis);
                }
                i += 2;
            } else if (Character.isLetter(text.charAt(i))) {
                labels.add((int) text.charAt(i));
            } else {
                throw refused("letters, commas, an ellipsis and -> are required");
            }
        }
        return labels;
    }

    private static int outputRank(String text, List<List<Integer>> labels) {
        int ellipsis = labels.stream().mapToInt(each -> (int) each.stream().filter(l -> l > ELLIPSIS).count()).max().orElse(0);
        return text.contains("...") ? text.length() - 3 + ellipsis : text.length();
    }

    private static List<Integer> implicitOutput(List<List<Integer>> labels) {
        Map<Integer, Integer> counts = new TreeMap<>();
        labels.forEach(each -> each.forEach(label -> counts.merge(label, 1, Integer::sum)));
        List<Integer> output = new ArrayList<>();
        counts.keySet().stream().filter(label -> label > ELLIPSIS).sorted((a, b) -> b - a).forEach(output::add);
        counts.forEach((label, count) -> {
            if (label < ELLIPSIS && count == 1) {
                output.add(label);
            }
        });
        return output;
    }

    private void noteLength(int label, long length) {
        Long known = lengths.get(label);
        if (known != null && known != length && known != 1 && length != 1) {
            throw refused("axes of equal length are required for one label (" + known + " vs " + length + ")");
        }
        lengths.merge(label, length, Math::max);
    }

    private void requireKnown(List<Integer> output, List<List<Integer>> labels) {
        Set<Integer> known = new LinkedHashSet<>();
        labels.forEach(known::addAll);
        if (!known.containsAll(output) || new LinkedHashSet<>(output).size() != output.size()) {
            throw refused("labels of the operands, each once, are required in the output");
        }
    }

    private static int first(List<Integer> order, List<Integer> labels) {
        return labels.stream().mapToInt(order::indexOf).filter(i -> i >= 0).min().orElse(Integer.MAX_VALUE);
    }

    @SafeVarargs
    private static List<Integer> joined(Collection<Integer>... groups) {
        List<Integer> all = new ArrayList<>();
        for (Collection<Integer> group : groups) {
            all.addAll(group);
        }
        return all;
    }

    private IllegalArgumentException refused(String required) {
        return new IllegalArgumentException("einsum: " + required + ". Received: \"" + equation + "\" for "
                + operands.stream().map(Tensor::type).toList() + ". Write it as in \"bij,bjk->bik\".");
    }

    /** The operands in one element type that products of matrices take. */
    static List<Tensor> numbers(List<Tensor> operands) {
        List<Tensor> same = ShapeOps.sameType("einsum", operands);
        DType common = same.get(0).dtype();
        DType computed = common == DType.BOOL || common == DType.INT8 && operands.size() > 1 ? DType.INT32 : common;
        return same.stream().map(x -> Ops.cast(x, computed)).toList();
    }
}
