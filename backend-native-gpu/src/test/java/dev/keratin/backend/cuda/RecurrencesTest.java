package dev.keratin.backend.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keratin.backend.DType;
import dev.keratin.backend.ir.GruSequence;
import dev.keratin.backend.ir.LstmSequence;
import dev.keratin.backend.ir.MatMul;
import dev.keratin.backend.ir.Program;
import dev.keratin.backend.spi.Backend;
import dev.keratin.backend.spi.Buffer;
import dev.keratin.backend.spi.Executable;
import dev.keratin.tck.CasePrograms;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is asked of cuDNN for recurrent layers, of a library that computes them by its documentation with weights in places of its own. */
@EnabledOnOs(OS.LINUX)
class RecurrencesTest {
    private static final String FORWARD = "cudnnRNNForward";
    private static final List<String> TRAINED = List.of(FORWARD, "cudnnRNNBackwardData_v8", "cudnnRNNBackwardWeights_v8");
    private static final int NOT_SUPPORTED = 3000;
    private static final int EXECUTION_FAILED = 5000;

    private static Backend backend;

    @BeforeAll
    static void fake() {
        FakeCuda.install();
        backend = new CudaBackend(CudaDriver.open());
    }

    /** The layers of the conformance suite that a library may have. */
    static Stream<Program> layers() {
        return CasePrograms.all().filter(program -> has(program, LstmSequence.class) || has(program, GruSequence.class))
                .filter(program -> has(program, MatMul.class))
                .filter(program -> program.parameterTypes().stream().allMatch(type -> type.shape().size() > 0 && type.dtype() != DType.FLOAT64))
                .filter(program -> program.parameterTypes().get(0).shape().dim(1) > 1);
    }

    private static boolean has(Program program, Class<?> op) {
        return program.nodes().stream().anyMatch(node -> op.isInstance(node.op()));
    }

    private static List<String> calls() {
        return FakeCuda.calls().lines().filter(call -> call.startsWith("cudnnRNN") || call.equals("cuGraphLaunch")).toList();
    }

    /** A layer in training, of float32. */
    private static Program layer(Class<?> op) {
        return layers().filter(program -> has(program, op) && program.results().size() > 2 && type(program) == DType.FLOAT32)
                .findFirst().orElseThrow();
    }

    private static DType type(Program program) {
        return program.parameterTypes().get(0).dtype();
    }

    @ParameterizedTest
    @MethodSource("layers")
    void layer_ofTheConformanceSuite_isComputedByTheLibrary(Program program) {
        List<ByteBuffer> arguments = program.parameterTypes().stream().map(OnShim::random).toList();
        calls();
        OnShim.check(backend, program, tolerance(type(program)), arguments);
        boolean training = program.results().size() > 2;
        assertThat(calls()).endsWith((training ? TRAINED : List.of(FORWARD)).toArray(String[]::new));
    }

    /** Rounding of the sums of up to 51 terms; 16-bit types have them rounded at each step, or not. */
    private static double tolerance(DType dtype) {
        return dtype == DType.FLOAT32 ? 1e-5 : dtype == DType.FLOAT16 ? 5e-3 : 4e-2;
    }

    @Test
    void layer_runAgain_isReplayedWithTheSameResults() {
        Program program = layer(LstmSequence.class);
        List<ByteBuffer> arguments = program.parameterTypes().stream().map(OnShim::random).toList();
        try (Executable executable = backend.compile(program)) {
            Buffer[] in = program.parameterTypes().stream().map(backend::allocate).toArray(Buffer[]::new);
            Buffer[] out = program.resultTypes().stream().map(backend::allocate).toArray(Buffer[]::new);
            for (int i = 0; i < in.length; i++) {
                in[i].write(arguments.get(i).duplicate());
            }
            executable.run(in, out);
            List<ByteBuffer> first = Stream.of(out).map(OnShim::read).toList();
            executable.run(in, out);
            calls();
            executable.run(in, out);
            assertThat(calls()).containsExactly("cuGraphLaunch");
            assertThat(Stream.of(out).map(OnShim::read)).isEqualTo(first);
            Stream.of(in, out).flatMap(Stream::of).forEach(Buffer::close);
        }
    }

    @Test
    void layer_libraryRefusesAnAlgorithm_isComputedWithAnother() {
        FakeCuda.fail(FORWARD, 1, NOT_SUPPORTED);
        List<String> tried = new ArrayList<>(List.of(FORWARD));
        tried.addAll(TRAINED);
        tried.addAll(TRAINED);
        assertThat(callsOf(layer(LstmSequence.class))).isEqualTo(tried);
    }

    @Test
    void layer_libraryRefusesAllAlgorithms_isComputedWithoutIt() {
        FakeCuda.fail("cudnnSetRNNDescriptor_v8", 1, NOT_SUPPORTED);
        FakeCuda.fail("cudnnRNNBackwardData_v8", 1, NOT_SUPPORTED);
        assertThat(callsOf(layer(LstmSequence.class))).as("those of a trial").containsExactly(FORWARD, "cudnnRNNBackwardData_v8");
    }

    /** What is asked of cuDNN by a process that knows nothing yet while a program gives what the interpreter gives. */
    private static List<String> callsOf(Program program) {
        Backend fresh = new CudaBackend(CudaDriver.open());
        calls();
        OnShim.check(fresh, program, tolerance(type(program)), program.parameterTypes().stream().map(OnShim::random).toList());
        return calls();
    }

    @Test
    void layer_libraryFails_saysWhere() {
        Backend fresh = new CudaBackend(CudaDriver.open());
        Program program = layer(GruSequence.class);
        List<ByteBuffer> arguments = program.parameterTypes().stream().map(OnShim::random).toList();
        FakeCuda.fail(FORWARD, 2, EXECUTION_FAILED);
        assertThatThrownBy(() -> OnShim.run(fresh, program, arguments)).isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("Received: CUDNN_STATUS, 5000 of cudnnRNNForward in GRU forward");
    }
}
