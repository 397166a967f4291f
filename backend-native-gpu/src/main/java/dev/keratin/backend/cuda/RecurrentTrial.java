package dev.keratin.backend.cuda;

import static org.bytedeco.cuda.global.cudart.cuMemsetD32Async;
import static org.bytedeco.cuda.global.cudart.cuMemsetD8Async;

import org.bytedeco.cuda.cudart.CUstream_st;

/** Tries whether a library runs a recurrent layer: what it lacks it may say only when it is called. */
final class RecurrentTrial {
    private final DeviceContext context;
    private final BlockPool pool;
    private final CUstream_st stream;

    RecurrentTrial(DeviceContext context, BlockPool pool, CUstream_st stream) {
        this.context = context;
        this.pool = pool;
        this.stream = stream;
    }

    /** Makes all calls of a plan once, on zeros; without memory for them the answer is no. */
    boolean runs(Recurrence layer, RecurrentPlan plan) {
        long width = layer.dtype().byteSize();
        long state = Code.aligned(layer.batch() * layer.units() * width);
        long sequences = Code.aligned(layer.batch() * layer.time() * Math.max(layer.features(), layer.units()) * width);
        long weights = Code.aligned(plan.weights().bytes());
        long kept = Code.aligned(plan.keptBytes());
        long lengths = Code.aligned(layer.batch() * Integer.BYTES);
        long bytes = 2 * sequences + 2 * state + weights + kept + lengths;
        long place = pool.allocate(bytes + plan.forward().scratchBytes());
        if (place == 0) {
            return false;
        }
        try {
            context.faults().check(cuMemsetD8Async(place, (byte) 0, bytes, stream), "cuMemsetD8Async");
            context.faults().check(cuMemsetD32Async(place, (int) layer.time(), layer.batch(), stream), "cuMemsetD32Async");
            long in = place + lengths;
            long h = in + 2 * sequences;
            run(layer, plan, new Places(place, in, in + sequences, h, h + state, h + 2 * state, h + 2 * state + weights, place + bytes));
            return true;
        } catch (CudnnStatus.Unsupported e) {
            return false;
        } finally {
            pool.free(place);
        }
    }

    /** Where the operands and results of the calls lie; some serve as several: weights and their gradients, outputs and theirs. */
    private record Places(long lengths, long in, long out, long h, long c, long weights, long reserve, long scratch) {}

    private static void run(Recurrence layer, RecurrentPlan plan, Places at) {
        long c = layer.cell() == Recurrence.Cell.LSTM ? at.c : 0;
        plan.forward().run(new long[] {at.lengths, at.in, at.h, c, at.weights, at.out, 0, 0, layer.training() ? at.reserve : 0}, at.scratch);
        if (layer.training()) {
            plan.dataGradient().run(new long[] {at.lengths, at.out, at.out, at.h, c, 0, at.weights, at.reserve, at.in, 0, 0}, at.scratch);
            plan.weightGradient().run(new long[] {at.lengths, at.in, at.h, at.out, at.reserve, at.weights}, at.scratch);
        }
    }
}
