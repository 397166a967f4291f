package dev.keratin.backend.cuda;

import static org.bytedeco.cuda.global.cudnn.CUDNN_ATTR_VARIANT_PACK_DATA_POINTERS;
import static org.bytedeco.cuda.global.cudnn.CUDNN_ATTR_VARIANT_PACK_UNIQUE_IDS;
import static org.bytedeco.cuda.global.cudnn.CUDNN_ATTR_VARIANT_PACK_WORKSPACE;
import static org.bytedeco.cuda.global.cudnn.CUDNN_BACKEND_VARIANT_PACK_DESCRIPTOR;
import static org.bytedeco.cuda.global.cudnn.cudnnBackendExecute;

import java.util.Arrays;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** Runs a plan of cuDNN, in whose graph operands and then results are tensors 0, 1, 2 and so on. */
final class GraphCall implements LibraryCall, AutoCloseable {
    private final GraphPlan plan;
    private final Cudnn library;
    /** The addresses of the last run, then those of its working memory. */
    private long[] places = {};
    private @Nullable Descriptor operands;

    GraphCall(GraphPlan plan, Cudnn library) {
        this.plan = plan;
        this.library = library;
    }

    @Override
    public long scratchBytes() {
        return plan.scratchBytes();
    }

    @Override
    public void run(long[] addresses, long scratch) {
        Descriptor at = operands(LongStream.concat(Arrays.stream(addresses), LongStream.of(scratch)).toArray());
        library.status().require(cudnnBackendExecute(library.handle(), plan.plan().pointer(), at.pointer()), "cudnnBackendExecute");
    }

    /** Forgets where the operands lie. */
    @Override
    public void close() {
        if (operands != null) {
            operands.destroy();
            operands = null;
        }
    }

    /** Those of the last run if they lie where they did. */
    private Descriptor operands(long[] now) {
        Descriptor last = operands;
        if (last != null && Arrays.equals(places, now)) {
            return last;
        }
        close();
        int count = now.length - 1;
        Descriptor next = new Descriptor(CUDNN_BACKEND_VARIANT_PACK_DESCRIPTOR, library.status())
                .longs(CUDNN_ATTR_VARIANT_PACK_UNIQUE_IDS, LongStream.range(0, count).toArray())
                .places(CUDNN_ATTR_VARIANT_PACK_DATA_POINTERS, Arrays.copyOf(now, count))
                .places(CUDNN_ATTR_VARIANT_PACK_WORKSPACE, now[count]).finish().keep();
        places = now;
        operands = next;
        return next;
    }
}
