package dev.keratin.backend.ir;

import dev.keratin.backend.TensorType;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs a program once for each step along the first axis of its inputs. The body maps (carries..., slices...,
 * constants...) to (next carries..., outputs...) and has no updates. Operands: initial carries, sequences [length,
 * ...], constants (handed to every step). Results: last carries, outputs stacked [length, ...], and if carriesIn also
 * the carries that each step began with, stacked [length, ...]. If reversed, the last step comes first; what is stacked
 * keeps its place.
 */
public record Scan(Program body, int carries, int sequences, long length, boolean reverse, boolean carriesIn) implements Op {
    @Override
    public List<TensorType> infer(List<TensorType> operands) {
        Rules.require(this, operands.size() >= carries + sequences, "carries and sequences", operands, "");
        List<TensorType> arguments = new ArrayList<>(operands.subList(0, carries));
        for (TensorType sequence : operands.subList(carries, carries + sequences)) {
            Rules.require(this, sequence.shape().rank() >= 1 && sequence.shape().dim(0) == length,
                    "sequences whose first axis has length " + length, operands, "");
            arguments.add(sequence.withShape(sequence.shape().remove(0)));
        }
        arguments.addAll(operands.subList(carries + sequences, operands.size()));
        Rules.requireBody(this, "body", body, arguments);
        List<TensorType> produced = body.resultTypes();
        Rules.require(this, produced.size() >= carries && produced.subList(0, carries).equals(operands.subList(0, carries)),
                "a body whose first results have the types of the carries", operands, "");
        List<TensorType> results = new ArrayList<>(produced.subList(0, carries));
        produced.subList(carries, produced.size()).forEach(type -> results.add(stacked(type)));
        if (carriesIn) {
            produced.subList(0, carries).forEach(type -> results.add(stacked(type)));
        }
        return List.copyOf(results);
    }

    private TensorType stacked(TensorType type) {
        return type.withShape(type.shape().insert(0, length));
    }

    @Override
    public List<Program> bodies() {
        return List.of(body);
    }

    @Override
    public String toString() {
        return "Scan[carries=" + carries + ", sequences=" + sequences + ", length=" + length + ", reverse=" + reverse
                + ", carriesIn=" + carriesIn + "]";
    }
}
