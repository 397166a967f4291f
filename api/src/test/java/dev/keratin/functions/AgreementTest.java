package dev.keratin.functions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.keratin.Backends;
import dev.keratin.CompiledFunction;
import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.TensorScope;
import dev.keratin.backend.DType;
import dev.keratin.backend.TensorType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every function gives on native-cpu, or the backend of {@code -Dkeratin.backend}, what it gives on the plain interpreter, in every
 * type that it takes.
 */
class AgreementTest extends KeepsBackend {
    /** Factors that are unique but for signs. */
    private static final Set<String> UP_TO_SIGN = Set.of("svd", "eig", "eigh");

    private static final String ASKED_FOR = System.getProperty("keratin.backend");
    private static final String BACKEND = ASKED_FOR != null ? ASKED_FOR : "native-cpu";

    private record Result(TensorType type, double[] elements) {}

    @ParameterizedTest
    @EnumSource(DType.class)
    void results_ofBothBackends_agree(DType dtype) {
        if (ASKED_FOR == null) {
            assumeThat(Backends.available()).contains(BACKEND);
        }
        List<String> differences = new ArrayList<>();
        int compared = 0;
        for (FunctionCase each : FunctionTable.cases()) {
            List<Result> expected = results("java", each, dtype);
            List<Result> found = results(BACKEND, each, dtype);
            compared += expected.size();
            if (!UP_TO_SIGN.contains(each.function()) && !agree(expected, found, tolerance(dtype))) {
                differences.add(each + ": " + text(expected) + " on java, " + text(found) + " on " + BACKEND);
            }
        }

        assertThat(differences).isEmpty();
        assertThat(compared).isGreaterThan(250);
    }

    /**
     * Of the largest element: roundings of the type, since the order of sums is each backend's own; in float64 those of float32, in
     * which transformed images have their coordinates.
     */
    private static double tolerance(DType dtype) {
        return switch (dtype) {
            case FLOAT64 -> 1e-6;
            case FLOAT16 -> 2e-2;
            case BFLOAT16 -> 1e-1;
            case FLOAT32, INT8, UINT8, INT32, INT64, BOOL -> 2e-5;
        };
    }

    private static List<Result> results(String backend, FunctionCase each, DType dtype) {
        Backends.use(backend);
        return TensorScope.within(scope -> {
            List<Tensor> arguments = each.inputs().stream().map(x -> Ops.cast(x, dtype)).toList();
            try (CompiledFunction compiled = new CompiledFunction(each::call)) {
                return compiled.call(arguments).stream().map(y -> new Result(y.type(), y.toDoubleArray())).toList();
            } catch (IllegalArgumentException | IllegalStateException | UnsupportedOperationException refused) {
                return List.of();
            }
        });
    }

    private static boolean agree(List<Result> expected, List<Result> found, double tolerance) {
        boolean agree = expected.size() == found.size();
        for (int i = 0; agree && i < expected.size(); i++) {
            agree = expected.get(i).type.equals(found.get(i).type) && agree(expected.get(i).elements, found.get(i).elements, tolerance);
        }
        return agree;
    }

    private static boolean agree(double[] expected, double[] found, double tolerance) {
        double largest = 1;
        for (double each : expected) {
            largest = Double.isFinite(each) ? Math.max(largest, Math.abs(each)) : largest;
        }
        for (int i = 0; i < expected.length; i++) {
            if (Double.compare(expected[i], found[i]) != 0 && !(Math.abs(expected[i] - found[i]) <= tolerance * largest)) {
                return false;
            }
        }
        return true;
    }

    private static String text(List<Result> results) {
        return results.stream().map(each -> each.type + Arrays.toString(each.elements)).toList().toString();
    }
}
