package dev.keratin.backend.cuda;

import static org.bytedeco.cuda.global.cudart.cuEventSynchronize;
import static org.bytedeco.cuda.global.cudart.cuMemHostAlloc;
import static org.bytedeco.cuda.global.cudart.cuMemcpyDtoHAsync;
import static org.bytedeco.cuda.global.cudart.cuMemcpyHtoDAsync;

import java.nio.ByteBuffer;
import org.bytedeco.cuda.cudart.CUevent_st;
import org.bytedeco.cuda.cudart.CUstream_st;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.PointerPointer;

/**
 * Pinned memory that copies between the host and the device go through, in pieces, used in turn: while one is on its way
 * the next is filled, and a copy to the device returns when its last piece is on its way.
 */
final class Staging {
    private static final int PIECES = 4;

    private final DeviceContext context;
    private final int pieceBytes;
    private final Piece[] pieces = new Piece[PIECES];
    private int next;

    /** Where part of a copy is put; {@code done} marks when it has been read. */
    private record Piece(BytePointer memory, ByteBuffer bytes, CUevent_st done) {}

    Staging(DeviceContext context, int pieceBytes) {
        this.context = context;
        this.pieceBytes = pieceBytes;
        for (int i = 0; i < PIECES; i++) {
            pieces[i] = piece();
        }
    }

    private Piece piece() {
        try (PointerPointer<BytePointer> address = new PointerPointer<>(1)) {
            context.faults().check(cuMemHostAlloc(address, pieceBytes, 0), "cuMemHostAlloc");
            BytePointer memory = new BytePointer(address.get()).capacity(pieceBytes);
            return new Piece(memory, memory.asByteBuffer(), context.event());
        }
    }

    /** The piece used longest ago, when it is free. */
    private Piece take() {
        Piece piece = pieces[next];
        next = (next + 1) % PIECES;
        context.faults().check(cuEventSynchronize(piece.done()), "cuEventSynchronize");
        return piece;
    }

    /** Copies what remains of a buffer, which can be changed when this returns. */
    void copyIn(ByteBuffer source, long to, CUstream_st stream) {
        ByteBuffer rest = source.duplicate();
        for (long place = to; rest.hasRemaining();) {
            int length = Math.min(pieceBytes, rest.remaining());
            Piece piece = take();
            piece.bytes().clear().put(rest.slice(rest.position(), length));
            context.faults().check(cuMemcpyHtoDAsync(place, piece.memory(), length, stream), "cuMemcpyHtoDAsync");
            context.record(piece.done(), stream);
            rest.position(rest.position() + length);
            place += length;
        }
    }

    /** Fills what remains of a buffer, after all work of the stream so far. */
    void copyOut(long from, ByteBuffer target, CUstream_st stream) {
        ByteBuffer rest = target.duplicate();
        for (long place = from; rest.hasRemaining();) {
            int length = Math.min(pieceBytes, rest.remaining());
            Piece piece = take();
            context.faults().check(cuMemcpyDtoHAsync(piece.memory(), place, length, stream), "cuMemcpyDtoHAsync");
            context.record(piece.done(), stream);
            context.faults().check(cuEventSynchronize(piece.done()), "cuEventSynchronize");
            rest.put(piece.bytes().clear().limit(length));
            place += length;
        }
    }
}
