package dev.keratin.backend.cuda;

import static org.bytedeco.cuda.global.cudart.cuMemsetD32Async;
import static org.bytedeco.cuda.global.cudart.cuMemsetD8Async;

import java.nio.ByteBuffer;
import org.bytedeco.cuda.cudart.CUstream_st;

/** Device memory for trying what a library computes: it is taken for one trial, filled, read, and given back. */
record TrialRoom(DeviceContext context, BlockPool pool, Staging staging, CUstream_st stream) {
    /** Why a trial fails. */
    static final String NO_MEMORY = "there was no memory to try the library's call.";
    static final String WRONG = "the library's results were wrong when they were tried.";

    /** The address of some bytes, to be freed; 0 if there is not that much memory. */
    long allocate(long bytes) {
        return pool.allocate(bytes);
    }

    void free(long place) {
        pool.free(place);
    }

    void fill(long place, byte value, long bytes) {
        context.faults().check(cuMemsetD8Async(place, value, bytes, stream), "cuMemsetD8Async");
    }

    void fillWords(long place, int word, long count) {
        context.faults().check(cuMemsetD32Async(place, word, count, stream), "cuMemsetD32Async");
    }

    void write(ByteBuffer bytes, long place) {
        staging.copyIn(bytes, place, stream);
    }

    /** Waits for what was begun before. */
    void read(long place, ByteBuffer bytes) {
        staging.copyOut(place, bytes, stream);
    }
}
