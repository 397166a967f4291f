package dev.keratin.backend.cuda;

import dev.keratin.backend.ir.Program;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/** A test on the faked device, with a new backend for each method. */
abstract class OnFakeDevice {
    CudaBackend backend;

    @BeforeAll
    static void fake() {
        FakeCuda.install();
    }

    @BeforeEach
    void openBackend() {
        backend = new CudaBackend(CudaDriver.open());
    }

    /** What is called when a program runs, which gives what the interpreter gives. */
    String calls(Program program, double tolerance) {
        List<ByteBuffer> arguments = program.parameterTypes().stream().map(OnShim::random).toList();
        backend.compile(program).close();
        FakeCuda.calls();
        OnShim.check(backend, program, tolerance, arguments);
        return FakeCuda.calls();
    }

    /** How often a function is among calls. */
    static long count(String calls, String function) {
        return calls.lines().filter(function::equals).count();
    }

    /** Opens the backend again, with or without TF32. */
    void openBackend(boolean tf32) {
        System.setProperty(Products.TF32, String.valueOf(tf32));
        try {
            openBackend();
        } finally {
            System.clearProperty(Products.TF32);
        }
    }
}
