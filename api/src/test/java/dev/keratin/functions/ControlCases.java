package dev.keratin.functions;

import static dev.keratin.autodiff.FiniteDifferences.uniform;
import static dev.keratin.functions.FunctionCase.all;
import static dev.keratin.functions.FunctionCase.of;

import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.backend.ir.Unary;
import dev.keratin.backend.ir.UnaryKind;
import dev.keratin.ops.Functions;
import java.util.List;
import java.util.stream.Stream;

/** Loops, conditions and functions of functions. */
final class ControlCases {
    private static final Tensor X = uniform(-1, 1, 3, 4);

    private ControlCases() {}

    static Stream<FunctionCase> cases() {
        return Stream.of(conditions(), loops()).flatMap(each -> each);
    }

    private static Tensor isPositive(Tensor x) {
        return Ops.greater(Ops.sum(x), 0);
    }

    private static Stream<FunctionCase> conditions() {
        return Stream.of(of("apply", x -> Ops.apply(new Unary(UnaryKind.ABS), x), X),
                of("cond", x -> Ops.cond(isPositive(x), () -> Ops.multiply(x, x), () -> Ops.multiply(x, Ops.multiply(x, x))), X),
                all("condAll", in -> Ops.condAll(isPositive(in.get(0)), () -> List.of(Ops.square(in.get(0))), () -> in), X),
                all("switchCase", in -> Ops.switchCase(Ops.cast(isPositive(in.get(0)), "int32"),
                        List.of(() -> List.of(Ops.square(in.get(0))), () -> in)), X),
                all("customGradient", in -> Ops.customGradient(x -> new Ops.WithGradient(List.of(Ops.square(x.get(0))),
                        g -> List.of(Ops.multiply(g.get(0), Ops.multiply(x.get(0), 2)))), in), X));
    }

    private static Stream<FunctionCase> loops() {
        return Stream.of(of("map", x -> Ops.map(row -> Ops.multiply(row, row), x), X),
                all("vectorize", in -> Functions.vectorize(pair -> List.of(Ops.matmul(pair.get(0), pair.get(1))), "(m,n),(n)->(m)").apply(in),
                        uniform(0, 1, 2, 3), uniform(-1, 1, 4, 1, 3)),
                all("jvp", in -> Functions.jvp(x -> List.of(Ops.multiply(x.get(0), x.get(0))), in.subList(0, 1), in.subList(1, 2)).tangents(),
                        uniform(0, 1, 3), uniform(-1, 1, 3)),
                of("vectorizedMap", x -> Ops.vectorizedMap(row -> Ops.multiply(row, row), x), X),
                of("foriLoop", x -> Ops.foriLoop(0, 3, (i, s) -> List.of(Ops.multiply(s.get(0), x)), List.of(x)).get(0), X),
                all("whileLoop", in -> Ops.whileLoop(s -> Ops.less(Ops.sum(Ops.abs(s.get(0))), 20),
                        s -> List.of(Ops.add(Ops.multiply(s.get(0), 2), 1)), in), X),
                of("associativeScan", x -> Ops.associativeScan(Ops::multiply, x), X),
                all("scan", in -> {
                    Ops.Scanned scanned = Ops.scan((c, s) -> {
                        Tensor next = Ops.add(Ops.multiply(c.get(0), 2), s.get(0));
                        return new Ops.Scanned(List.of(next), List.of(Ops.multiply(next, s.get(0))));
                    }, List.of(in.get(0)), List.of(in.get(1)));
                    return List.of(scanned.carries().get(0), scanned.outputs().get(0));
                }, uniform(0, 1, 4), X));
    }
}
