package dev.keratin.backend.cuda;

import java.nio.ByteBuffer;
import org.bytedeco.javacpp.Pointer;

/** A pointer to any place, which is moved instead of making another: it owns nothing. */
final class Address extends Pointer {
    /** To nothing yet. */
    Address() {
        super((Pointer) null);
    }

    /** Moves it. */
    Address to(long place) {
        address = place;
        return this;
    }

    /** Where the memory of a direct buffer begins. */
    static long of(ByteBuffer direct) {
        return getDirectBufferAddress(direct);
    }
}
