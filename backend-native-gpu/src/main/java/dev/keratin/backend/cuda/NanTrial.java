package dev.keratin.backend.cuda;

import static org.bytedeco.cuda.global.cudart.cuMemsetD8Async;

import dev.keratin.backend.ir.Elements;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.bytedeco.cuda.cudart.CUstream_st;

/** Tries whether a library's relu leaves NaN as it is, as ours does: libraries don't say, and each algorithm may differ. */
final class NanTrial {
    private static final byte NAN = (byte) 0xff;

    private final DeviceContext context;
    private final BlockPool pool;
    private final Staging staging;
    private final CUstream_st stream;

    NanTrial(DeviceContext context, BlockPool pool, Staging staging, CUstream_st stream) {
        this.context = context;
        this.pool = pool;
        this.staging = staging;
        this.stream = stream;
    }

    /** Runs a call of a product once on operands of nothing but NaN; without memory for them the answer is no. */
    boolean keepsNan(LibraryCall call, Product product) {
        long operands = Code.aligned(product.operandBytes());
        long result = Code.aligned(product.resultBytes());
        long place = pool.allocate(operands + result + call.scratchBytes());
        if (place == 0) {
            return false;
        }
        try {
            fill(place, NAN, operands);
            fill(place + operands, (byte) 0, result);
            call.run(addresses(product, place, place + operands), place + operands + result);
            ByteBuffer element = ByteBuffer.allocate(product.result().byteSize()).order(ByteOrder.LITTLE_ENDIAN);
            staging.copyOut(place + operands, element, stream);
            return Double.isNaN(Elements.read(element, 0, product.result()));
        } finally {
            pool.free(place);
        }
    }

    private void fill(long place, byte value, long bytes) {
        context.faults().check(cuMemsetD8Async(place, value, bytes, stream), "cuMemsetD8Async");
    }

    /** All operands lie in one place. */
    private static long[] addresses(Product product, long operand, long result) {
        Epilogue epilogue = product.epilogue();
        long[] addresses = new long[3 + (epilogue.residual() ? 1 : 0) + (epilogue.bias() ? 1 : 0)];
        Arrays.fill(addresses, operand);
        addresses[addresses.length - 1] = result;
        return addresses;
    }
}
