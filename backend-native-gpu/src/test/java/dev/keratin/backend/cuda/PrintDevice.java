package dev.keratin.backend.cuda;

/** Prints what the backend runs on, or why it can't: the first thing to run on a machine with a GPU. */
final class PrintDevice {
    private PrintDevice() {}

    /** Takes no arguments. */
    public static void main(String[] arguments) {
        CudaProvider provider = new CudaProvider();
        System.out.println(provider.unavailableReason().map(reason -> "not usable: " + reason)
                .orElseGet(() -> provider.create().describe()));
    }
}
