package dev.keratin.backend.cuda;

import dev.keratin.backend.DType;
import dev.keratin.backend.TensorType;
import dev.keratin.backend.cuda.RecurrentWeights.Matrix;
import dev.keratin.backend.ir.Fusion;
import dev.keratin.backend.ir.Literal;
import dev.keratin.backend.ir.Node;
import dev.keratin.backend.ir.Value;
import java.util.List;
import java.util.function.ToLongFunction;

/** Writes the fusions of recurrent layers: calls of a library, and the copies between its layout of weights and ours. */
final class RoutineLowering {
    private static final Slot NONE = new Slot(Slot.ADDRESS, 0);

    private final Node node;
    private final Code code;
    private final Recurrence layer;
    private final RecurrentPlan plan;

    private RoutineLowering(Node node, Code code) {
        this.node = node;
        this.code = code;
        this.layer = Recurrence.of((Fusion) node.op());
        this.plan = code.driver().recurrence(layer).orElseThrow();
    }

    static void write(Node node, Code code) {
        RoutineLowering lowering = new RoutineLowering(node, code);
        if (Recurrence.isGradient((Fusion) node.op())) {
            lowering.gradient();
        } else {
            lowering.forward();
        }
    }

    private Slot operand(int index) {
        return code.slot(node.inputs().get(index));
    }

    private Slot result(int index) {
        return code.slot(node.outputs().get(index));
    }

    private boolean isLstm() {
        return layer.cell() == Recurrence.Cell.LSTM;
    }

    /** The lengths of the sequences, on the device before anything runs. */
    private Slot lengths() {
        return code.constant(Literal.splat(TensorType.of(DType.INT32, layer.batch()), layer.time()));
    }

    private void forward() {
        Slot kept = layer.training() ? result(node.outputs().size() - 1) : NONE;
        Slot weights = layer.training() ? kept.plus(plan.weightsOffset()) : code.scratch(plan.weights().bytes());
        weights("pack_weights", weights, node.inputs());
        code.call(plan.forward(), what("forward"), lengths(), operand(0), operand(3), ofLstm(node.inputs(), 4), weights, result(0), NONE,
                ofLstm(node.outputs(), 1), kept);
    }

    private String what(String pass) {
        return layer.cell() + " " + pass + " " + node.scope();
    }

    private Slot ofLstm(List<Value> values, int index) {
        return isLstm() ? code.slot(values.get(index)) : NONE;
    }

    private void gradient() {
        int own = Recurrence.OPERANDS + (layer.biased() ? 1 : 0);
        Slot output = operand(own);
        Slot kept = operand(own + 1);
        Slot gradients = code.scratch(plan.weights().bytes());
        long elements = plan.weights().bytes() / layer.dtype().byteSize();
        Slot zero = code.constant(Literal.scalar(layer.dtype(), 0));
        CopyLowering.fill(zero, gradients, TensorType.of(layer.dtype(), elements), code);
        code.call(plan.dataGradient(), what("gradient of the input"), lengths(), output, operand(own + 2), operand(3),
                ofLstm(node.inputs(), 4), ofLstm(node.inputs(), own + 3), kept.plus(plan.weightsOffset()), kept,
                result(0), result(3), ofLstm(node.outputs(), 4));
        code.call(plan.weightGradient(), what("gradient of the weights"), lengths(), operand(0), operand(3), output, kept, gradients);
        weights("unpack_weights", gradients, node.outputs());
    }

    /** Copies between a block of the library and the weights among operands, or their gradients, which are in the same order. */
    private void weights(String function, Slot block, List<Value> ours) {
        KernelBuilder kernel = new KernelBuilder("weights", "weights.cuh");
        String type = CTypes.moved(layer.dtype());
        String none = "(" + type + "*)0";
        String arguments = String.join(", ", kernel.pointer(block, type), kernel.pointer(code.slot(ours.get(1)), type),
                kernel.pointer(code.slot(ours.get(2)), type),
                layer.biased() ? kernel.pointer(code.slot(ours.get(Recurrence.OPERANDS)), type) : none,
                isLstm() ? none : kernel.pointer(code.slot(ours.get(4)), type));
        kernel.line("const LayerWeights<" + layer.cell().gates() + "> places = {" + places(kernel) + "};");
        kernel.line(function + "(" + arguments + ", places);");
        long width = layer.cell().gates() * layer.units();
        kernel.launch(Geometry.loop(width * (layer.features() + layer.units() + 2)), function + " " + node.scope(), code);
    }

    private String places(KernelBuilder kernel) {
        RecurrentWeights weights = plan.weights();
        return String.join(", ", kernel.numbers(layer.features(), layer.units()), numbers(kernel, weights.kernels(), Matrix::start),
                numbers(kernel, weights.recurrents(), Matrix::start), numbers(kernel, weights.biases(), Long::longValue),
                numbers(kernel, weights.recurrentBiases(), Long::longValue), strides(kernel, weights.kernels().get(0)),
                strides(kernel, weights.recurrents().get(0)));
    }

    private static <T> String numbers(KernelBuilder kernel, List<T> gates, ToLongFunction<T> number) {
        return kernel.numbers(gates.stream().mapToLong(number).toArray());
    }

    private static String strides(KernelBuilder kernel, Matrix matrix) {
        return kernel.numbers(matrix.rows(), matrix.columns());
    }
}
