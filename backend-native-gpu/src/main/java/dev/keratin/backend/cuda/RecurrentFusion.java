package dev.keratin.backend.cuda;

import dev.keratin.backend.TensorType;
import dev.keratin.backend.ir.GruSequence;
import dev.keratin.backend.ir.Literal;
import dev.keratin.backend.ir.LstmSequence;
import dev.keratin.backend.ir.Node;
import dev.keratin.backend.ir.Op;
import dev.keratin.backend.ir.Program;
import dev.keratin.backend.ir.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Puts the nodes of recurrent layers together that a library has a routine for: into one fusion forward and one for the gradient. */
final class RecurrentFusion {
    private final Program program;
    private final ProgramCopy copy;
    private final Map<Node, RecurrentMatch> sequences = new HashMap<>();
    private final Map<Node, RecurrentMatch> gradients = new HashMap<>();
    private final Map<RecurrentMatch, Long> kept = new HashMap<>();
    private final Map<RecurrentMatch, Value> keptValues = new HashMap<>();
    private final Set<Node> replaced = new HashSet<>();

    private RecurrentFusion(Program program) {
        this.program = program;
        this.copy = new ProgramCopy(program);
    }

    /** A program that computes the same; the same object if there is nothing for the library. */
    static Program run(Program program, GpuDriver driver) {
        RecurrentFusion fusion = new RecurrentFusion(program);
        fusion.find(driver);
        return fusion.sequences.isEmpty() ? program : fusion.copy.run(fusion::replace);
    }

    private void find(GpuDriver driver) {
        List<Node> candidates = program.nodes().stream().filter(node -> isCandidate(node.op())).toList();
        if (candidates.isEmpty()) {
            return;
        }
        Uses uses = new Uses(program);
        for (Node node : candidates) {
            RecurrentMatch.of(node, uses).ifPresent(match -> driver.recurrence(match.layer()).ifPresent(plan -> {
                sequences.put(node, match);
                match.gradient().ifPresent(gradient -> gradients.put(gradient, match));
                kept.put(match, match.gradient().isPresent() ? plan.keptBytes() : 0);
                replaced.addAll(match.replaced());
            }));
        }
    }

    private static boolean isCandidate(Op op) {
        return op instanceof LstmSequence lstm && !lstm.masked() || op instanceof GruSequence gru && !gru.masked();
    }

    private boolean replace(Node node) {
        if (sequences.containsKey(node)) {
            forward(sequences.get(node));
        } else if (gradients.containsKey(node)) {
            gradient(gradients.get(node), node);
        }
        return sequences.containsKey(node) || gradients.containsKey(node) || replaced.contains(node);
    }

    private void forward(RecurrentMatch match) {
        List<Value> operands = match.operands().stream().map(copy::of).toList();
        List<Value> results = copy.routine(RecurrentBody.forward(match.layer(), types(operands), kept.get(match)), operands);
        match.results().forEach((value, index) -> copy.put(value, results.get(index)));
        keptValues.put(match, results.get(results.size() - 1));
    }

    private void gradient(RecurrentMatch match, Node node) {
        Recurrence layer = match.layer();
        boolean lstm = layer.cell() == Recurrence.Cell.LSTM;
        List<Value> operands = new ArrayList<>(match.operands().stream().map(copy::of).toList());
        Value output = node.inputs().get(lstm ? 3 : 2);
        operands.addAll(List.of(copy.of(output), keptValues.get(match), copy.of(node.inputs().get(lstm ? 6 : 4))));
        if (lstm) {
            Optional<Value> last = match.lastGradient().map(copy::of);
            TensorType type = new TensorType(layer.dtype(), layer.sequences(1).with(1, 1));
            operands.add(last.orElseGet(() -> copy.builder().constant(Literal.splat(type, 0.0))));
        }
        List<Value> results = copy.routine(RecurrentBody.gradient(layer, types(operands)), operands);
        match.gradients().forEach((value, index) -> copy.put(value, results.get(index)));
    }

    private static List<TensorType> types(List<Value> values) {
        return values.stream().map(Value::type).toList();
    }
}
