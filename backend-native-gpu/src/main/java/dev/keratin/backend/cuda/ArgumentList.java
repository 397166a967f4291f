package dev.keratin.backend.cuda;

import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;

/** A list of addresses of arguments, anywhere in memory, which is moved instead of making another: it owns nothing. */
final class ArgumentList extends PointerPointer<Pointer> {
    /** Nowhere yet. */
    ArgumentList() {
        super((Pointer) null);
    }

    /** Moves it. */
    ArgumentList to(long place) {
        address = place;
        return this;
    }
}
