package dev.keratin.backend.cuda;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Says in the log, once for each op and cause, that something is done in a slower way since it failed when it was tried. */
final class Fallbacks {
    private static final System.Logger LOG = System.getLogger("dev.keratin.backend.cuda");

    private final Faults faults;
    private final Set<String> told = new HashSet<>();

    Fallbacks(Faults faults) {
        this.faults = faults;
    }

    /**
     * Why a trial fails: what it says itself, or the error of a library that ends it. Empty if it doesn't.
     *
     * @throws IllegalStateException if the device has failed
     */
    Optional<String> cause(Supplier<Optional<String>> trial) {
        try {
            return trial.get();
        } catch (CudnnStatus.Unsupported | IllegalStateException e) {
            if (faults.isBroken()) {
                throw e;
            }
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    /**
     * Says it.
     *
     * @param slower what is done and how
     * @param first what it is done for now
     */
    void tell(String slower, Object first, String cause) {
        if (told.add(slower + cause)) {
            LOG.log(System.Logger.Level.WARNING, "cuda: " + slower + ", which is slower, since " + cause + " First for " + first + ".");
        }
    }
}
