package dev.keratin.functions;

import dev.keratin.Backends;
import dev.keratin.CompiledFunction;
import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.TensorScope;
import dev.keratin.Trace;
import dev.keratin.autodiff.GradientTape;
import dev.keratin.backend.DType;
import dev.keratin.backend.TensorType;
import dev.keratin.backend.cuda.WithoutDevice;
import dev.keratin.backend.ir.Program;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** What calls of the functions of the table give, as a page of documentation. */
final class Support {
    static final List<String> BACKENDS = List.of("java", "native-cpu");

    private static final String HEAD = """
            # What each function can do

            Every function of the facades was called with elements of every type on every backend, in a compiled step and eagerly; this
            page says what happened. `SupportTest` writes it and fails when it is no longer true.

            | sign | means |
            |---|---|
            | ✓ | on all three backends, `java`, `native-cpu` and `cuda`, eagerly and in compiled steps |
            | eager | on all three backends, not in compiled steps: the lengths of the result depend on elements |
            | java, native-cpu | on these backends only |
            | · | refused with a message, or there is no type to choose |

            For `cuda` this was found without a GPU: each compiled step was turned into the kernels and calls of libraries that a GPU
            would be given. What the kernels of each op compute is tested through a shim on the CPU, not yet on a GPU.

            The last column says whether gradients flow, which is held against finite differences in float64 for each of these functions;
            *eagerly* if not in compiled steps; if they don't flow, why.
            """;

    private Support() {}

    static String page() {
        Map<String, List<FunctionCase>> cases = FunctionTable.cases().stream().collect(Collectors.groupingBy(FunctionCase::function));
        StringBuilder page = new StringBuilder(HEAD);
        for (Class<?> facade : FunctionTable.FACADES) {
            page.append("\n## ").append(facade.getName()).append("\n\n| function |");
            Arrays.stream(DType.values()).forEach(dtype -> page.append(' ').append(dtype).append(" |"));
            page.append(" gradient |\n|---|").append("---|".repeat(DType.values().length)).append("---|\n");
            for (String function : FunctionTable.functions(facade)) {
                page.append(line(function, cases.get(function).get(0))).append('\n');
            }
        }
        return page.toString();
    }

    private static String line(String function, FunctionCase each) {
        String cells = Arrays.stream(DType.values()).map(dtype -> " " + cell(each, dtype) + " |").collect(Collectors.joining());
        return "| `" + function + "` |" + cells + " " + gradient(each) + " |";
    }

    private static String cell(FunctionCase each, DType dtype) {
        Map<String, String> found = new LinkedHashMap<>();
        for (String backend : BACKENDS) {
            Backends.use(backend);
            found.put(backend, found(each, dtype));
        }
        found.put("cuda", lowered(each, dtype) ? found.get("java") : "·");
        String first = found.get(BACKENDS.get(0));
        return found.values().stream().allMatch(first::equals) ? first : found.entrySet().stream()
                .filter(backend -> !backend.getValue().equals("·")).map(Map.Entry::getKey).collect(Collectors.joining(", "));
    }

    private static String found(FunctionCase each, DType dtype) {
        return TensorScope.within(scope -> {
            List<Tensor> arguments = each.inputs().stream().map(x -> Ops.cast(x, dtype)).toList();
            return isCompiled(each, arguments) ? "✓" : isEager(each, arguments) ? "eager" : "·";
        });
    }

    /** Whether {@code cuda} has launches for the compiled step of a call, if there is one. */
    private static boolean lowered(FunctionCase each, DType dtype) {
        Backends.use("java");
        List<TensorType> types = each.inputs().stream().map(x -> new TensorType(dtype, x.shape())).toList();
        Program program;
        try (CompiledFunction compiled = new CompiledFunction(each::call)) {
            program = compiled.executable(types).program();
        } catch (IllegalArgumentException | IllegalStateException | UnsupportedOperationException refused) {
            return true;
        }
        return WithoutDevice.canLower(program);
    }

    private static boolean isCompiled(FunctionCase each, List<Tensor> arguments) {
        try (CompiledFunction compiled = new CompiledFunction(each::call)) {
            compiled.call(arguments);
            return true;
        } catch (IllegalArgumentException | IllegalStateException | UnsupportedOperationException refused) {
            return false;
        }
    }

    private static boolean isEager(FunctionCase each, List<Tensor> arguments) {
        try {
            each.call(arguments);
            return true;
        } catch (IllegalArgumentException | IllegalStateException | UnsupportedOperationException refused) {
            return false;
        }
    }

    private static String gradient(FunctionCase each) {
        if (each.flat() != null) {
            return "none: " + each.flat();
        }
        try (Trace trace = Trace.begin(); GradientTape tape = new GradientTape()) {
            List<Tensor> inputs = each.inputs().stream().map(x -> trace.parameter(x.type())).toList();
            inputs.forEach(tape::watch);
            Tensor target = each.call(inputs).get(0);
            return tape.gradient(List.of(target), inputs, List.of(Ops.onesLike(target))).stream().allMatch(Objects::nonNull)
                    ? "yes" : "partly";
        } catch (IllegalArgumentException | IllegalStateException | UnsupportedOperationException refused) {
            return "eagerly";
        }
    }
}
