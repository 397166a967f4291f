package dev.keratin.backend.cuda;

import dev.keratin.backend.DType;
import dev.keratin.backend.Shape;
import dev.keratin.backend.ir.Elements;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * Tries whether a library computes attention as it is meant: it takes graphs as a whole, and one could mean something else to it.
 * Without memory for a trial its calls are not used.
 */
final class AttentionTrial {
    /** Of the largest element: weights and results are rounded to 16 bits, factors of float32 to TF32. */
    private static final double TOLERANCE = 0.03;
    private static final byte NAN = (byte) 0xff;

    private final TrialRoom room;
    private final Fallbacks fallbacks;

    /** In a room for trials; what fails is told. */
    AttentionTrial(TrialRoom room, Fallbacks fallbacks) {
        this.room = room;
        this.fallbacks = fallbacks;
    }

    /** A tensor of a trial: the bytes of all items of a batch, and where it lies. */
    private record Tensor(Shape shape, DType dtype, long place) {
        /** Where an element lies. */
        long at(long... index) {
            long[] strides = shape.strides();
            long offset = 0;
            for (int i = 0; i < index.length; i++) {
                offset += index[i] * strides[i];
            }
            return place + offset * dtype.byteSize();
        }
    }

    /** Makes the calls of a plan once: whether they do what they should. */
    boolean accepts(Attention attention, AttentionPlan plan) {
        Optional<String> failure = fallbacks.cause(() -> failure(attention, plan));
        failure.ifPresent(cause -> fallbacks.tell("attention is computed by products and a softmax and not by cuDNN", attention, cause));
        return failure.isEmpty();
    }

    private Optional<String> failure(Attention attention, AttentionPlan plan) {
        LibraryCall gradient = plan.gradient();
        List<Tensor> tensors = tensors(attention);
        Tensor last = tensors.get(tensors.size() - 1);
        long bytes = last.place + bytes(last);
        long scratch = Math.max(plan.forward().scratchBytes(), gradient == null ? 0 : gradient.scratchBytes());
        long block = room.allocate(bytes + scratch);
        if (block == 0) {
            return Optional.of(TrialRoom.NO_MEMORY);
        }
        try {
            List<Tensor> placed = tensors.stream().map(each -> new Tensor(each.shape, each.dtype, block + each.place)).toList();
            return run(attention, plan, placed, block + bytes) ? Optional.empty() : Optional.of(TrialRoom.WRONG);
        } finally {
            room.free(block);
        }
    }

    /** Operands and results of the gradient, one after another from 0 on. */
    private static List<Tensor> tensors(Attention attention) {
        List<Tensor> tensors = new ArrayList<>();
        for (Shape shape : List.of(attention.query(), attention.key(), attention.value())) {
            add(tensors, shape, attention.dtype());
        }
        if (attention.bias() != null) {
            add(tensors, attention.bias(), DType.FLOAT32);
        }
        add(tensors, attention.output(), attention.dtype());
        add(tensors, attention.statistics(), DType.FLOAT32);
        for (Shape shape : List.of(attention.output(), attention.query(), attention.key(), attention.value())) {
            add(tensors, shape, attention.dtype());
        }
        return tensors;
    }

    private static void add(List<Tensor> tensors, Shape shape, DType dtype) {
        Tensor last = tensors.isEmpty() ? null : tensors.get(tensors.size() - 1);
        tensors.add(new Tensor(shape, dtype, last == null ? 0 : last.place + bytes(last)));
    }

    private static long bytes(Tensor tensor) {
        return Code.aligned(tensor.shape.size() * tensor.dtype.byteSize());
    }

    private boolean run(Attention attention, AttentionPlan plan, List<Tensor> all, long scratch) {
        int operands = all.size() - 6;
        AttentionSample sample = new AttentionSample(attention);
        Tensor output = all.get(operands);
        Tensor ofOutput = all.get(operands + 2);
        all.forEach(tensor -> fill(tensor, all.indexOf(tensor) < operands || tensor == ofOutput ? 0 : NAN));
        long item = attention.batch() - 1;
        room.write(sample.query(), all.get(0).at(item));
        room.write(sample.key(), all.get(1).at(item));
        room.write(sample.value(), all.get(2).at(item));
        if (attention.bias() != null) {
            room.write(sample.bias(), all.get(3).at(attention.bias().dim(0) - 1, attention.bias().dim(1) - 1));
        }
        room.write(sample.ofOutput(), ofOutput.at(item, sample.row()));
        long[] places = all.stream().mapToLong(Tensor::place).toArray();
        plan.forward().run(Arrays.copyOf(places, operands + (attention.training() ? 2 : 1)), scratch);
        return isNear(output, item, sample.row(), sample.output()) && isRight(plan.gradient(), all, places, scratch, sample, item);
    }

    private boolean isRight(@Nullable LibraryCall gradient, List<Tensor> all, long[] places, long scratch, AttentionSample sample, long item) {
        if (gradient == null) {
            return true;
        }
        int last = all.size() - 1;
        gradient.run(places, scratch);
        return isNear(all.get(last - 2), item, sample.row(), sample.ofQuery()) && isNear(all.get(last - 1), item, 0, sample.ofKey())
                && isNear(all.get(last), item, 0, sample.ofValue());
    }

    private void fill(Tensor tensor, int value) {
        room.fill(tensor.place, (byte) value, bytes(tensor));
    }

    /** Whether steps of the last head, from one on, are what they have to be. */
    private boolean isNear(Tensor tensor, long item, long first, double[] expected) {
        long heads = tensor.shape.dim(2);
        int depth = (int) tensor.shape.dim(3);
        int width = Math.toIntExact(heads * depth);
        ByteBuffer bytes = ByteBuffer.allocate(expected.length / depth * width * tensor.dtype.byteSize()).order(ByteOrder.LITTLE_ENDIAN);
        room.read(tensor.at(item, first), bytes);
        double largest = Arrays.stream(expected).map(Math::abs).max().orElse(0);
        return LongStream.range(0, expected.length).allMatch(i -> {
            long place = i / depth * width + width - depth + i % depth;
            return Math.abs(Elements.read(bytes, (int) place, tensor.dtype) - expected[(int) i]) <= TOLERANCE * largest;
        });
    }
}
