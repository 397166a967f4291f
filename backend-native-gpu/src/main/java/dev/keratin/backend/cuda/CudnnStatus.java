package dev.keratin.backend.cuda;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.bytedeco.cuda.global.cudnn;

/** Turns the status codes of cuDNN into exceptions, and knows the descriptors that nobody has to keep. */
final class CudnnStatus {
    private static final int TEXT_BYTES = 1024;
    /** Codes from n * 1000 on are of one kind. */
    private static final int KIND = 1000;

    private final Faults faults;
    private final Set<Descriptor> passing = new LinkedHashSet<>();

    /** The library has nothing for what it is asked, in these lengths, types or layouts. */
    static final class Unsupported extends RuntimeException {
        private static final long serialVersionUID = 1;

        private Unsupported(String message) {
            super(message);
        }
    }

    CudnnStatus(Faults faults) {
        this.faults = faults;
    }

    /** Notes a new descriptor. */
    void made(Descriptor descriptor) {
        passing.add(descriptor);
    }

    /** Notes that a descriptor has an owner, or is no more. */
    void kept(Descriptor descriptor) {
        passing.remove(descriptor);
    }

    /** Destroys the descriptors without an owner: those that plans were made of, or were to be. */
    void destroyPassing() {
        List.copyOf(passing).forEach(Descriptor::destroy);
    }

    /**
     * After a call.
     *
     * @throws Unsupported if the library has nothing for it
     * @throws IllegalStateException if it failed for another reason
     */
    void check(int status, String call) {
        if (status / KIND == cudnn.CUDNN_STATUS_NOT_SUPPORTED / KIND) {
            throw new Unsupported("cuDNN: " + call + ": " + text(status));
        }
        require(status, call);
    }

    /**
     * After a call of what the library has agreed to before.
     *
     * @throws IllegalStateException if it failed
     */
    void require(int status, String call) {
        if (status != 0) {
            faults.checkLibrary(status, text(status), call);
        }
    }

    private static String text(int status) {
        byte[] bytes = new byte[TEXT_BYTES];
        cudnn.cudnnGetLastErrorString(bytes, bytes.length);
        String last = new String(bytes, StandardCharsets.UTF_8).replace("\0", "").trim();
        return cudnn.cudnnGetErrorString(status).getString() + (last.isEmpty() ? "" : " (" + last + ")");
    }
}
