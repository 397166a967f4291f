package dev.keratin.backend.cuda;

import java.util.Arrays;
import java.util.stream.LongStream;
import org.bytedeco.javacpp.FloatPointer;

/** A graph of cuDNN that takes working memory of its own and numbers of this process beside operands and results. */
final class AttentionCall implements LibraryCall, AutoCloseable {
    private final GraphCall call;
    private final long[] working;
    private final FloatPointer numbers;

    /**
     * The call of a graph whose tensors are operands, results, working memory and numbers, in this order.
     *
     * @param working bytes of each tensor in working memory
     */
    AttentionCall(GraphCall call, long[] working, float... numbers) {
        this.call = call;
        this.working = working;
        this.numbers = new FloatPointer(numbers);
    }

    @Override
    public long scratchBytes() {
        return workingBytes() + call.scratchBytes();
    }

    private long workingBytes() {
        return Arrays.stream(working).map(Code::aligned).sum();
    }

    @Override
    public void close() {
        call.close();
        numbers.close();
    }

    @Override
    public void run(long[] addresses, long scratch) {
        long[] tensors = new long[working.length];
        long next = scratch;
        for (int i = 0; i < working.length; i++) {
            tensors[i] = next;
            next += Code.aligned(working[i]);
        }
        LongStream constants = LongStream.range(0, numbers.capacity()).map(i -> numbers.address() + i * Float.BYTES);
        LongStream all = LongStream.concat(LongStream.concat(Arrays.stream(addresses), Arrays.stream(tensors)), constants);
        call.run(all.toArray(), next);
    }
}
