package dev.keratin.autodiff;

import static dev.keratin.Ops.apply;

import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.backend.Shape;
import dev.keratin.backend.ir.ArgSort;
import dev.keratin.backend.ir.Gather;
import dev.keratin.backend.ir.GatherElements;
import dev.keratin.backend.ir.GatherNd;
import dev.keratin.backend.ir.Reshape;
import dev.keratin.backend.ir.ScatterElements;
import dev.keratin.backend.ir.ScatterKind;
import dev.keratin.backend.ir.ScatterNd;
import dev.keratin.backend.ir.Sort;
import dev.keratin.backend.ir.TopK;
import dev.keratin.backend.ir.Transpose;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Gradients of ops that address elements by index. */
final class IndexRules {
    private IndexRules() {}

    static List<@Nullable Tensor> gather(Gather op, Application use) {
        Tensor x = use.input(0);
        Tensor indices = use.input(1);
        int axis = op.axis();
        int indexRank = indices.rank();
        Tensor tuples = apply(new Reshape(indices.shape().concat(Shape.of(1))), indices);
        // Bring the gathered axes to the front, scatter along the first axis, and bring that one back.
        List<Integer> front = new ArrayList<>(range(axis, axis + indexRank));
        front.addAll(range(0, axis));
        front.addAll(range(axis + indexRank, use.gradient().rank()));
        Tensor updates = transpose(use.gradient(), front);
        Shape turned = Shape.of(x.shape().dim(axis)).concat(x.shape().remove(axis));
        Tensor sums = apply(new ScatterNd(ScatterKind.ADD), Ops.full(turned, 0, x.dtype()), tuples, updates);
        List<Integer> back = new ArrayList<>(range(1, axis + 1));
        back.add(0);
        back.addAll(range(axis + 1, x.rank()));
        return Arrays.asList(transpose(sums, back), null);
    }

    static List<@Nullable Tensor> gatherNd(GatherNd op, Application use) {
        Tensor zeros = Application.zeros(use.input(0));
        return Arrays.asList(apply(new ScatterNd(ScatterKind.ADD), zeros, use.input(1), use.gradient()), null);
    }

    static List<@Nullable Tensor> gatherElements(GatherElements op, Application use) {
        Tensor zeros = Application.zeros(use.input(0));
        return Arrays.asList(
                apply(new ScatterElements(op.axis(), ScatterKind.ADD), zeros, use.input(1), use.gradient()), null);
    }

    static List<@Nullable Tensor> scatterNd(ScatterNd op, Application use) {
        Tensor indices = use.input(1);
        return scatter(op.kind(), use,
                x -> apply(new GatherNd(), x, indices),
                x -> apply(op, x, indices, Application.zeros(use.input(2))),
                x -> apply(op, x, indices, use.input(2)));
    }

    static List<@Nullable Tensor> scatterElements(ScatterElements op, Application use) {
        Tensor indices = use.input(1);
        return scatter(op.kind(), use,
                x -> apply(new GatherElements(op.axis()), x, indices),
                x -> apply(op, x, indices, Application.zeros(use.input(2))),
                x -> apply(op, x, indices, use.input(2)));
    }

    private static List<@Nullable Tensor> scatter(ScatterKind kind, Application use, UnaryOperator<Tensor> gather,
            UnaryOperator<Tensor> clear, UnaryOperator<Tensor> repeat) {
        Tensor x = use.input(0);
        Tensor updates = use.input(2);
        Tensor y = use.output();
        Tensor g = use.gradient();
        return switch (kind) {
            case ADD -> Arrays.asList(g, null, gather.apply(g));
            case SET -> Arrays.asList(clear.apply(g), null, gather.apply(g));
            case MUL -> Arrays.asList(repeat.apply(g), null, Ops.divide(gather.apply(Ops.multiply(g, y)), updates));
            case MAX, MIN -> Arrays.asList(
                    Ops.where(Ops.equal(x, y), g, Application.zeros(g)), null,
                    Ops.where(Ops.equal(gather.apply(y), updates), gather.apply(g), Application.zeros(updates)));
        };
    }

    static List<@Nullable Tensor> sort(Sort op, Application use) {
        Tensor order = apply(new ArgSort(op.axis(), op.descending()), use.input(0));
        return Rules.one(apply(new ScatterElements(op.axis(), ScatterKind.SET),
                Application.zeros(use.input(0)), order, use.gradient()));
    }

    static List<@Nullable Tensor> topK(TopK op, Application use) {
        Tensor x = use.input(0);
        return Rules.one(apply(new ScatterElements(x.rank() - 1, ScatterKind.SET),
                Application.zeros(x), use.output(1), use.gradient(0)));
    }

    private static List<Integer> range(int from, int to) {
        return IntStream.range(from, to).boxed().toList();
    }

    private static Tensor transpose(Tensor x, List<Integer> permutation) {
        return permutation.equals(range(0, x.rank())) ? x : apply(new Transpose(permutation), x);
    }
}
