package dev.keratin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.keratin.autodiff.GradientTape;
import dev.keratin.autodiff.Jvp;
import dev.keratin.goldens.GoldenCase;
import dev.keratin.ops.Functions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Loops, conditions and functions of functions against what real Keras gave, run eagerly and traced. */
class ControlGoldenTest {
    /** Float32 rounding of a dozen steps. */
    private static final double TOLERANCE = 1e-5;

    private static final Map<String, UnaryOperator<List<Tensor>>> CALLS = Map.ofEntries(
            Map.entry("scan", withGradients(in -> scan(in, false))),
            Map.entry("scan reversed", withGradients(in -> scan(in, true))),
            Map.entry("scan unrolled", in -> scan(in, false)),
            Map.entry("scan of one step", in -> scan(in, false)),
            Map.entry("scan nested", in -> flat(Ops.scan((c, s) -> new Ops.Scanned(
                    List.of(c.get(1), Ops.add(c.get(0), Ops.multiply(s.get(0), s.get(1)))),
                    List.of(Ops.multiply(c.get(0), s.get(1)), c.get(1))), in.subList(0, 2), in.subList(2, 4), true))),
            Map.entry("scan without sequences", in -> Ops.scan(c -> new Ops.Scanned(List.of(Ops.add(Ops.multiply(c.get(0), 2), 1)), c),
                    in, 4).carries()),
            Map.entry("scan of steps", in -> flat(Ops.scan((c, row) -> new Ops.Scanned(
                    Ops.scan(ControlGoldenTest::decayed, c, row).carries(), c), in.subList(0, 1), in.subList(1, 2)))),
            Map.entry("associativeScan", in -> List.of(Ops.associativeScan(Ops::add, in.get(0), true, 1))),
            Map.entry("associativeScan of pairs", in -> Ops.associativeScan((p, q) -> List.of(Ops.multiply(p.get(0), q.get(0)),
                    Ops.add(Ops.multiply(p.get(1), q.get(0)), q.get(1))), in, false, 0)),
            Map.entry("whileLoop", in -> Ops.whileLoop(s -> Ops.less(Ops.sum(s.get(0)), 20),
                    s -> List.of(Ops.add(Ops.multiply(s.get(0), 2), s.get(1)), Ops.add(s.get(1), 1)), in)),
            Map.entry("whileLoop at most", in -> Ops.whileLoop(s -> Ops.less(Ops.sum(s.get(0)), 1e9), ControlGoldenTest::doubled, in, 3)),
            Map.entry("whileLoop never", in -> Ops.whileLoop(s -> Ops.less(Ops.sum(s.get(0)), -1e9), ControlGoldenTest::doubled, in)),
            Map.entry("whileLoop in a loop", in -> Ops.whileLoop(s -> Ops.less(Ops.sum(s.get(0)), 100), s -> List.of(Ops.multiply(
                    Ops.whileLoop(t -> Ops.less(Ops.max(t.get(0)), 7), t -> List.of(Ops.add(t.get(0), 1)), s).get(0), 3)), in)),
            Map.entry("foriLoop", withGradients(in -> Ops.foriLoop(2, 5,
                    (i, s) -> List.of(Ops.add(Ops.multiply(s.get(0), in.get(0)), Ops.cast(i, "float32"))), in))),
            Map.entry("foriLoop of none", in -> Ops.foriLoop(4, 4, (i, s) -> List.of(Ops.negative(s.get(0))), in)),
            Map.entry("map", withGradients(in -> List.of(Ops.map(row -> Ops.sum(Ops.multiply(row, row)), in.get(0))))),
            Map.entry("map of many", in -> Ops.map(s -> List.of(Ops.multiply(s.get(0), s.get(1)), Ops.max(s.get(0))), in)),
            Map.entry("vectorizedMap", in -> List.of(Ops.vectorizedMap(row -> Ops.cumsum(row), in.get(0)))),
            Map.entry("cond then", withGradients(ControlGoldenTest::either)),
            Map.entry("cond otherwise", withGradients(ControlGoldenTest::either)),
            Map.entry("cond nested", in -> List.of(Ops.cond(Ops.greater(Ops.sum(in.get(0)), 0),
                    () -> Ops.cond(Ops.greater(Ops.max(in.get(0)), 100), () -> in.get(0), () -> Ops.add(in.get(0), 1)),
                    () -> Ops.negative(in.get(0))))),
            Map.entry("switchCase", in -> Ops.switchCase(in.get(0), List.<UnaryOperator<List<Tensor>>>of(
                    of -> List.of(Ops.add(of.get(0), of.get(1))), of -> List.of(Ops.subtract(of.get(0), of.get(1))),
                    of -> List.of(Ops.multiply(of.get(0), of.get(1)))), in.subList(1, 3))),
            Map.entry("customGradient", withGradients(in -> List.of(Ops.multiply(straight(Ops.multiply(in.get(0), 3)), 5)))),
            Map.entry("customGradient nested", withGradients(in -> List.of(around(Ops.multiply(in.get(0), 2))))),
            Map.entry("vectorize", in -> List.of(Functions.vectorize((a, b) -> Ops.add(Ops.multiply(a, b), a)).apply(in.get(0), in.get(1)))),
            Map.entry("vectorize signature", Functions.vectorize(in -> List.of(Ops.matmul(in.get(0), in.get(1))), "(m,n),(n)->(m)")),
            Map.entry("jvp", in -> {
                Jvp jvp = Functions.jvp(y -> List.of(Ops.multiply(Ops.tanh(y.get(0)), Ops.sum(y.get(0)))), in.subList(0, 1), in.subList(1, 2));
                return joined(jvp.outputs(), jvp.tangents());
            }));

    @BeforeAll
    static void useReferenceBackend() {
        if (System.getProperty("keratin.backend") == null) {
            Backends.use("java");
        }
    }

    static List<GoldenCase> cases() {
        return GoldenCase.table("control");
    }

    @ParameterizedTest
    @MethodSource("cases")
    void eager_agreesWithKeras(GoldenCase golden) {
        requireEqual(golden, call(golden).apply(arguments(golden)));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void traced_agreesWithKeras(GoldenCase golden) {
        try (CompiledFunction compiled = new CompiledFunction(call(golden)::apply)) {
            requireEqual(golden, compiled.call(arguments(golden)));
        }
    }

    @Test
    void cases_nameEveryCall() {
        assertThat(cases().stream().map(each -> each.text("case"))).containsOnlyOnceElementsOf(List.of("jvp", "vectorize"))
                .containsAll(CALLS.keySet());
    }

    private static UnaryOperator<List<Tensor>> call(GoldenCase golden) {
        return CALLS.get(golden.text("case"));
    }

    private static List<Tensor> arguments(GoldenCase golden) {
        List<Tensor> arguments = new ArrayList<>();
        for (int i = 0; golden.has("arg_" + i); i++) {
            arguments.add(golden.tensor("arg_" + i));
        }
        return arguments;
    }

    private static void requireEqual(GoldenCase golden, List<Tensor> results) {
        for (int i = 0; i < results.size(); i++) {
            Tensor expected = golden.tensor("out_" + i);
            assertThat(results.get(i).type()).as("result %d", i).isEqualTo(expected.type());
            double[] wanted = expected.toDoubleArray();
            double[] found = results.get(i).toDoubleArray();
            for (int k = 0; k < wanted.length; k++) {
                assertThat(found[k]).as("result %d element %d", i, k).isCloseTo(wanted[k], within(TOLERANCE * (1 + Math.abs(wanted[k]))));
            }
        }
        assertThat(golden.has("out_" + results.size())).isFalse();
    }

    private static List<Tensor> joined(List<Tensor> first, List<Tensor> second) {
        List<Tensor> all = new ArrayList<>(first);
        all.addAll(second);
        return all;
    }

    private static List<Tensor> flat(Ops.Scanned scanned) {
        return joined(scanned.carries(), scanned.outputs());
    }

    private static UnaryOperator<List<Tensor>> withGradients(UnaryOperator<List<Tensor>> function) {
        return in -> {
            try (GradientTape tape = new GradientTape()) {
                in.forEach(tape::watch);
                List<Tensor> results = function.apply(in);
                List<Tensor> gradients = tape.gradient(results, in, results.stream().map(Ops::onesLike).toList());
                List<Tensor> all = joined(results, gradients);
                all.forEach(tape::keep);
                return all;
            }
        };
    }

    private static Ops.Scanned decayed(List<Tensor> carry, List<Tensor> x) {
        Tensor total = Ops.add(Ops.multiply(carry.get(0), 0.5), x.get(0));
        return new Ops.Scanned(List.of(total), List.of(Ops.tanh(total)));
    }

    private static List<Tensor> scan(List<Tensor> in, boolean reverse) {
        return flat(Ops.scan(ControlGoldenTest::decayed, in.subList(0, 1), in.subList(1, 2), reverse));
    }

    private static List<Tensor> doubled(List<Tensor> state) {
        return List.of(Ops.multiply(state.get(0), 2));
    }

    private static List<Tensor> either(List<Tensor> in) {
        Tensor x = in.get(0);
        return Ops.condAll(Ops.greater(Ops.sum(x), 0), () -> List.of(Ops.multiply(x, 2), Ops.exp(x)),
                () -> List.of(Ops.multiply(x, x), Ops.negative(x)));
    }

    private static Tensor straight(Tensor x) {
        return Ops.customGradient(in -> new Ops.WithGradient(List.of(Ops.round(in.get(0))),
                g -> List.of(Ops.multiply(g.get(0), 2))), List.of(x)).get(0);
    }

    private static Tensor around(Tensor x) {
        return Ops.customGradient(in -> new Ops.WithGradient(List.of(Ops.square(straight(in.get(0)))),
                g -> List.of(Ops.multiply(Ops.multiply(g.get(0), 3), in.get(0)))), List.of(x)).get(0);
    }
}
