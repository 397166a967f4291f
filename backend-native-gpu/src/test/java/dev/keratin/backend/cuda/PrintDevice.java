package dev.keratin.backend.cuda;

import java.util.Optional;

/** Prints what the backend runs on, or why it can't: the first thing to run on a machine with a GPU. */
final class PrintDevice {
    private PrintDevice() {}

    /** Takes no arguments; ends with 1 if there is no device. */
    public static void main(String[] arguments) {
        CudaProvider provider = new CudaProvider();
        Optional<String> reason = provider.unavailableReason();
        System.out.println(reason.map(each -> "cuda is not usable: " + each).orElseGet(() -> provider.create().describe()));
        System.exit(reason.isPresent() ? 1 : 0);
    }
}
