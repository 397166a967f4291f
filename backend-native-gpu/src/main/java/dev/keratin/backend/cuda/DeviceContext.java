package dev.keratin.backend.cuda;

import static org.bytedeco.cuda.global.cudart.CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MAJOR;
import static org.bytedeco.cuda.global.cudart.CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MINOR;
import static org.bytedeco.cuda.global.cudart.CU_EVENT_DISABLE_TIMING;
import static org.bytedeco.cuda.global.cudart.CU_STREAM_NON_BLOCKING;

import java.nio.charset.StandardCharsets;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;
import org.bytedeco.cuda.cudart.CUctx_st;
import org.bytedeco.cuda.cudart.CUevent_st;
import org.bytedeco.cuda.cudart.CUstream_st;
import org.bytedeco.cuda.global.cudart;
import org.bytedeco.javacpp.SizeTPointer;
import org.jspecify.annotations.Nullable;

/** The first device that this process may use, its primary context, and the makers of streams and events. */
final class DeviceContext {
    private static final int NAME_BYTES = 256;

    private final Faults faults;
    private final int device;
    private final CUctx_st context = new CUctx_st();
    private @Nullable Thread thread;
    private BooleanSupplier spare = () -> false;

    DeviceContext(Faults faults) {
        this.faults = faults;
        int[] number = new int[1];
        faults.check(cudart.cuInit(0), "cuInit");
        faults.check(cudart.cuDeviceGet(number, 0), "cuDeviceGet");
        this.device = number[0];
        faults.check(cudart.cuDevicePrimaryCtxRetain(context, device), "cuDevicePrimaryCtxRetain");
        enter();
    }

    Faults faults() {
        return faults;
    }

    /** Before any call, on the thread that makes it. */
    void enter() {
        faults.requireWorking();
        Thread current = Thread.currentThread();
        if (thread != current) {
            faults.check(cudart.cuCtxSetCurrent(context), "cuCtxSetCurrent");
            thread = current;
        }
    }

    /** From now on memory that somebody keeps for later is given back where the driver has too little; says whether there was any. */
    void spare(BooleanSupplier giveBack) {
        spare = giveBack;
    }

    /** What a call answers that takes device memory; if there is too little, it is made again without what is kept for later. */
    int withRoom(IntSupplier call) {
        int status = call.getAsInt();
        return status == cudart.CUDA_ERROR_OUT_OF_MEMORY && spare.getAsBoolean() ? call.getAsInt() : status;
    }

    /** Work on it is done in order, and doesn't wait for other streams. */
    CUstream_st stream() {
        CUstream_st stream = new CUstream_st();
        faults.check(cudart.cuStreamCreate(stream, CU_STREAM_NON_BLOCKING), "cuStreamCreate");
        return stream;
    }

    CUevent_st event() {
        CUevent_st event = new CUevent_st();
        faults.check(cudart.cuEventCreate(event, CU_EVENT_DISABLE_TIMING), "cuEventCreate");
        return event;
    }

    /** Marks a place in a stream. */
    void record(CUevent_st event, CUstream_st stream) {
        faults.check(cudart.cuEventRecord(event, stream), "cuEventRecord");
    }

    /** Whether all work before a marked place is done; also if no place was marked yet. */
    boolean isReached(CUevent_st event) {
        int status = cudart.cuEventQuery(event);
        if (status != cudart.CUDA_ERROR_NOT_READY) {
            faults.check(status, "cuEventQuery");
        }
        return status == Status.OK;
    }

    /** What a stream is asked from now on begins when the marked place has been reached. */
    void await(CUstream_st stream, CUevent_st event) {
        faults.check(cudart.cuStreamWaitEvent(stream, event, 0), "cuStreamWaitEvent");
    }

    /** Waits for all work of a stream. */
    void settle(CUstream_st stream) {
        faults.check(cudart.cuStreamSynchronize(stream), "cuStreamSynchronize");
    }

    /** The compute capability, such as 90 for 9.0. */
    int capability() {
        return 10 * attribute(CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MAJOR) + attribute(CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MINOR);
    }

    private int attribute(int which) {
        int[] value = new int[1];
        faults.check(cudart.cuDeviceGetAttribute(value, which, device), "cuDeviceGetAttribute");
        return value[0];
    }

    /** The device's name and memory, and the driver's version. */
    String describe() {
        byte[] name = new byte[NAME_BYTES];
        faults.check(cudart.cuDeviceGetName(name, name.length, device), "cuDeviceGetName");
        int[] version = new int[1];
        faults.check(cudart.cuDriverGetVersion(version), "cuDriverGetVersion");
        try (SizeTPointer bytes = new SizeTPointer(1)) {
            faults.check(cudart.cuDeviceTotalMem(bytes, device), "cuDeviceTotalMem");
            return new String(name, StandardCharsets.UTF_8).replace("\0", "") + ", compute capability " + capability() / 10 + "."
                    + capability() % 10 + ", " + (bytes.get() >> 20) + " MiB; driver for CUDA " + version[0] / 1000 + "."
                    + version[0] % 1000 / 10;
        }
    }
}
