package dev.keratin.backend.ir;

import dev.keratin.backend.TensorType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The only way to make a {@link Program}: runs every op's rule as nodes are added. For use by one thread.
 */
public final class ProgramBuilder {
    private final Map<Value, Integer> indices = new HashMap<>();
    private final List<Value> parameters = new ArrayList<>();
    private final List<Node> nodes = new ArrayList<>();
    private final List<Value> values = new ArrayList<>();
    private final Map<Integer, Value> updates = new HashMap<>();
    private String scope = "";

    /** A new parameter after those there are. */
    public Value parameter(TensorType type) {
        if (!type.shape().isStatic()) {
            throw new IllegalArgumentException("parameter: a shape with known lengths is required. Received: " + type + ".");
        }
        Value value = define(type);
        indices.put(value, parameters.size());
        parameters.add(value);
        return value;
    }

    /** The name that nodes added from now on carry for profiles. */
    public void scope(String name) {
        scope = name;
    }

    /** The name that nodes carry now. */
    public String scope() {
        return scope;
    }

    /** How many nodes there are so far. */
    public int nodeCount() {
        return nodes.size();
    }

    /** The nodes so far, as a view. */
    public List<Node> nodes() {
        return java.util.Collections.unmodifiableList(nodes);
    }

    /**
     * Adds an op and gives its results.
     *
     * @throws IllegalArgumentException if the operands do not fit or belong to another program
     */
    public List<Value> add(Op op, List<Value> inputs) {
        return add(op, inputs, op.infer(Lists.map(inputs, Value::type)));
    }

    private List<Value> add(Op op, List<Value> inputs, List<TensorType> types) {
        for (Value input : inputs) {
            if (!isDefined(input)) {
                throw foreign(op.label(), input);
            }
        }
        List<Value> outputs = Lists.map(types, this::define);
        nodes.add(new Node(op, inputs, outputs, scope));
        return outputs;
    }

    /** Adds an op that has one result. */
    public Value add(Op op, Value... inputs) {
        return add(op, List.of(inputs)).get(0);
    }

    /** Adds a constant. */
    public Value constant(Literal value) {
        return add(new Constant(value));
    }

    /**
     * Adds all nodes of another program and gives its results.
     *
     * @param arguments the values to use for its parameters, of their types
     */
    public List<Value> inline(Program program, List<Value> arguments) {
        Map<Value, Value> copies = new HashMap<>();
        for (int i = 0; i < arguments.size(); i++) {
            copies.put(program.parameters().get(i), arguments.get(i));
        }
        program.nodes().forEach(node -> copyNode(node, copies));
        return Lists.map(program.results(), copies::get);
    }

    /**
     * Adds a copy of a node of another program; {@code copies} maps its values to values here and is extended. The results
     * have the types that they have there if the operands do.
     */
    public void copyNode(Node node, Map<Value, Value> copies) {
        String outer = scope;
        scope = node.scope().isEmpty() ? outer : node.scope();
        List<Value> inputs = node.inputs(copies);
        List<Value> outputs = haveTypesOf(node.inputs(), inputs)
                ? add(node.op(), inputs, Lists.map(node.outputs(), Value::type)) : add(node.op(), inputs);
        scope = outer;
        for (int i = 0; i < outputs.size(); i++) {
            copies.put(node.outputs().get(i), outputs.get(i));
        }
    }

    private static boolean haveTypesOf(List<Value> originals, List<Value> values) {
        for (int i = 0; i < values.size(); i++) {
            if (!originals.get(i).type().equals(values.get(i).type())) {
                return false;
            }
        }
        return true;
    }

    /** Says that a parameter's buffer holds a value at the end; a later call for the same parameter replaces it. */
    public void update(Value parameter, Value value) {
        Integer index = indices.get(parameter);
        requireDefined("update", value);
        if (index == null || !parameter.type().equals(value.type())) {
            throw new IllegalArgumentException("update: a parameter and a value of its type are required. Received: "
                    + parameter.type() + " and " + value.type() + ".");
        }
        updates.put(index, value);
    }

    /** The program with the given results. The builder can go on. */
    public Program build(List<Value> results) {
        results.forEach(value -> requireDefined("result", value));
        List<Program.Update> sorted = updates.entrySet().stream().sorted(Map.Entry.comparingByKey())
                .map(entry -> new Program.Update(entry.getKey(), entry.getValue())).toList();
        return new Program(parameters, nodes, results, sorted, values.size());
    }

    /** The program with the given results. */
    public Program build(Value... results) {
        return build(List.of(results));
    }

    private Value define(TensorType type) {
        Value value = new Value(values.size(), type);
        values.add(value);
        return value;
    }

    private boolean isDefined(Value value) {
        return value.id() < values.size() && values.get(value.id()) == value;
    }

    private void requireDefined(String who, Value value) {
        if (!isDefined(value)) {
            throw foreign(who, value);
        }
    }

    private static IllegalArgumentException foreign(String who, Value value) {
        return new IllegalArgumentException(who + ": a value of this program is required. Received: " + value + " of "
                + value.type() + " from another one.");
    }
}
