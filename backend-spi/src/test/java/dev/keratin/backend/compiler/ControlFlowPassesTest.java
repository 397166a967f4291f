package dev.keratin.backend.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keratin.backend.DType;
import dev.keratin.backend.TensorType;
import dev.keratin.backend.ir.Cond;
import dev.keratin.backend.ir.Gather;
import dev.keratin.backend.ir.Program;
import dev.keratin.backend.ir.Scan;
import dev.keratin.backend.ir.UnaryKind;
import dev.keratin.backend.ir.Value;
import java.util.List;
import org.junit.jupiter.api.Test;

class ControlFlowPassesTest {
    /** (h, n, x, w) to (tanh(h + x) times exp(w), n + 1; x squared, h). */
    private static Program body() {
        Graph g = new Graph();
        Value h = g.input(3);
        Value n = g.input();
        Value x = g.input(3);
        Value w = g.input(3);
        Value next = g.mul(g.unary(UnaryKind.TANH, g.add(h, x)), g.unary(UnaryKind.EXP, w));
        return g.program(next, g.add(n, g.number(1)), g.unary(UnaryKind.SQUARE, x), h);
    }

    private static List<Value> scan(Graph g, boolean carriesIn) {
        return g.builder.add(new Scan(body(), 2, 1, 5, false, carriesIn),
                List.of(g.input(3), g.input(), g.input(5, 3), g.input(3)));
    }

    @Test
    void unusedState_scan_losesCarriesOutputsAndStacks() {
        Graph g = new Graph();
        Program program = g.program(scan(g, true).get(0));
        assertThat(UnusedState.run(program).text()).isEqualTo("""
                (%0: float32[3], %1: float32[], %2: float32[5, 3], %3: float32[3]) {
                  %4: float32[3] = Scan[carries=1, sequences=1, length=5, reverse=false, carriesIn=false](%0, %2, %3)
                    (%0: float32[3], %1: float32[3], %2: float32[3]) {
                      %3: float32[3] = Binary[kind=ADD](%0, %1)
                      %4: float32[3] = Unary[kind=TANH](%3)
                      %5: float32[3] = Unary[kind=EXP](%2)
                      %6: float32[3] = Binary[kind=MUL](%4, %5)
                      return %6
                    }
                  return %4
                }
                """);
        Runs.assertEquivalent(UnusedState.run(program), program, 3);
    }

    @Test
    void unusedState_stackOfCarriesRead_keepsTheCarry() {
        Graph g = new Graph();
        List<Value> results = scan(g, true);
        Program program = g.program(results.get(2), results.get(5));
        Program pruned = UnusedState.run(program);
        Scan left = (Scan) pruned.nodes().get(0).op();
        assertThat(left.carries()).isEqualTo(1);
        assertThat(left.carriesIn()).isTrue();
        Runs.assertEquivalent(pruned, program, 4);
    }

    @Test
    void unusedState_cond_losesResultsAndArguments() {
        Graph g = new Graph();
        Value flag = g.input(DType.BOOL);
        Graph then = new Graph();
        Value a = then.input(3);
        Value b = then.input(3);
        Program thenProgram = then.program(then.unary(UnaryKind.EXP, a), b);
        Program elseProgram = swapped();
        List<Value> results = g.builder.add(new Cond(thenProgram, elseProgram), List.of(flag, g.input(3), g.input(3)));
        Program program = g.program(results.get(0));
        Program pruned = UnusedState.run(program);
        assertThat(pruned.nodes().get(0).inputs()).hasSize(2);
        assertThat(pruned.nodes().get(0).outputs()).hasSize(1);
        Runs.assertEquivalent(pruned, program, 5);
    }

    private static Program swapped() {
        Graph g = new Graph();
        Value a = g.input(3);
        Value b = g.input(3);
        return g.program(a, g.add(b, b));
    }

    @Test
    void invariants_ofConstants_moveBeforeTheScan() {
        Graph g = new Graph();
        Program program = g.program(scan(g, false).get(0));
        Program moved = Compiler.simplify(program);
        assertThat(Graph.kernels(moved)).isEqualTo("exp\nscan");
        assertThat(Graph.kernels(moved.nodes().get(1).op().bodies().get(0))).isEqualTo("add\ntanh\nmul");
        Runs.assertEquivalent(moved, program, 6);
    }

    @Test
    void invariants_nodeThatCanFail_staysInside() {
        Graph body = new Graph();
        Value h = body.input(3);
        Value table = body.input(4, 3);
        Value index = body.input(DType.INT32);
        Program step = body.program(body.add(h, body.op(new Gather(0), table, index)));
        Graph g = new Graph();
        Value result = g.op(new Scan(step, 1, 0, 2, false, false), g.input(3), g.input(4, 3), g.input(DType.INT32));
        assertThat(Graph.kernels(Compiler.simplify(g.program(result)))).isEqualTo("scan");
    }

    @Test
    void fusion_insideBodies_isDone() {
        Graph g = new Graph();
        Program optimised = Compiler.optimize(g.program(scan(g, false).get(0)), FusionPolicy.all());
        assertThat(Graph.kernels(optimised.nodes().get(1).op().bodies().get(0))).isEqualTo("LOOP(add tanh mul)");
    }

    @Test
    void schedule_nodeThatCanFail_comesBeforeUpdates() {
        Graph g = new Graph();
        Value p = g.input(4, 3);
        Value indices = g.input(DType.INT32, 2);
        g.update(p, g.add(p, p));
        Value gathered = g.op(new Gather(0), g.input(4, 3), indices);
        Program scheduled = Schedule.run(g.program(gathered));
        assertThat(Graph.kernels(scheduled)).isEqualTo("gather\nadd");
        assertThat(MemoryPlan.of(scheduled, 64).finalCopies()).isEmpty();
    }

    @Test
    void schedule_update_waitsForReadersOfTheOldContent() {
        Graph g = new Graph();
        Value p = g.input(4, 4);
        Value x = g.input(4, 4);
        g.update(p, g.sub(p, x));
        Program scheduled = Schedule.run(g.program(g.matMul(x, p)));
        assertThat(Graph.kernels(scheduled)).isEqualTo("matMul\nsub");
    }

    @Test
    void schedule_nodeOfParametersOnly_runsBeforeItsReader() {
        Graph g = new Graph();
        TensorType large = TensorType.of(DType.FLOAT32, 64, 64);
        Value early = g.unary(UnaryKind.EXP, g.builder.parameter(large));
        Value x = g.builder.parameter(large);
        Value result = g.matMul(g.matMul(g.matMul(x, x), x), early);
        assertThat(Graph.kernels(Schedule.run(g.program(result)))).isEqualTo("matMul\nmatMul\nexp\nmatMul");
    }
}
