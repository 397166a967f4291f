package dev.keratin.backend.cuda;

import dev.keratin.backend.ir.Program;

/** What the backend makes of programs, where there is no device. */
public final class WithoutDevice {
    private WithoutDevice() {}

    /** Whether there are kernels and calls of libraries for all of a program. */
    public static boolean canLower(Program program) {
        try {
            new RecordingDriver(convolution -> true).lower(program);
            return true;
        } catch (UnsupportedOperationException refused) {
            return false;
        }
    }
}
