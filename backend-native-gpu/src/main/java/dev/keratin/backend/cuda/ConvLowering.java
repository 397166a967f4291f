package dev.keratin.backend.cuda;

import dev.keratin.backend.DType;
import dev.keratin.backend.ir.Conv;
import dev.keratin.backend.ir.ConvInputGrad;
import dev.keratin.backend.ir.ConvKernelGrad;
import dev.keratin.backend.ir.Node;
import dev.keratin.backend.ir.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Writes convolutions and their gradients: as a matrix product where they are one, for the library where it has them, else
 * as a kernel. For the library kernels are laid out anew, and zeros that are not the same on both sides are stored.
 */
final class ConvLowering {
    private final Node node;
    private final Code code;
    private final Convolution.Kind kind;
    private final ConvGeometry geometry;
    private final DType dtype;

    private ConvLowering(Node node, Code code) {
        this.node = node;
        this.code = code;
        this.dtype = node.output().type().dtype();
        Value first = node.inputs().get(0);
        Value second = node.inputs().get(1);
        if (node.op() instanceof Conv conv) {
            kind = Convolution.Kind.FORWARD;
            geometry = new ConvGeometry(conv.spec(), first.type().shape(), second.type().shape(), node.output().type().shape());
        } else if (node.op() instanceof ConvInputGrad gradient) {
            kind = Convolution.Kind.INPUT_GRADIENT;
            geometry = new ConvGeometry(gradient.spec(), gradient.inputShape(), second.type().shape(), first.type().shape());
        } else {
            ConvKernelGrad gradient = (ConvKernelGrad) node.op();
            kind = Convolution.Kind.KERNEL_GRADIENT;
            geometry = new ConvGeometry(gradient.spec(), first.type().shape(), gradient.kernelShape(), second.type().shape());
        }
    }

    static void write(Node node, Code code) {
        ConvLowering lowering = new ConvLowering(node, code);
        boolean done = !lowering.geometry.isEmpty() && (lowering.geometry.isProduct() && lowering.product()
                || lowering.library(Epilogue.NONE, List.of(), code.slot(node.output())));
        if (!done) {
            lowering.kernel();
        }
    }

    /**
     * Writes a convolution and the nodes after it as one call of the library.
     *
     * @param result where the last one's value goes
     * @return whether the library has it; if not, nothing was written
     */
    static boolean fused(List<Node> chain, Slot result, Code code) {
        ConvLowering lowering = new ConvLowering(chain.get(0), code);
        return !lowering.geometry.isEmpty() && Epilogue.parts(chain)
                .filter(parts -> lowering.library(parts.epilogue(), parts.slots(code), result)).isPresent();
    }

    private Slot operand(int index) {
        return code.slot(node.inputs().get(index));
    }

    private String what() {
        return node.op() + " " + node.scope();
    }

    private boolean product() {
        long rows = geometry.input().remove(-1).size();
        long channels = geometry.input().dim(-1);
        long filters = geometry.kernel().dim(-1);
        Product product = switch (kind) {
            case FORWARD -> new Product(dtype, dtype, false, false, rows, filters, channels, 1, 0, 0);
            case INPUT_GRADIENT -> new Product(dtype, dtype, false, true, rows, channels, filters, 1, 0, 0);
            case KERNEL_GRADIENT -> new Product(dtype, dtype, true, false, channels, filters, rows, 1, 0, 0);
        };
        Optional<LibraryCall> call = code.driver().product(product);
        call.ifPresent(routine -> code.call(routine, what(), operand(0), operand(1), code.slot(node.output())));
        return call.isPresent();
    }

    private boolean library(Epilogue epilogue, List<Slot> summands, Slot result) {
        ConvGeometry wide = geometry.over(2);
        ConvGeometry used = wide.isSymmetric() ? wide : wide.onPadded();
        Optional<LibraryCall> call = code.driver().convolution(new Convolution(kind, dtype, used.input(), used.kernelOfLibrary(),
                used.output(), used.spec().strides(), used.spec().lows(), used.spec().dilations(), epilogue));
        call.ifPresent(routine -> new LibraryConv(wide, dtype, code).write(kind, routine, what(), operands(summands), result));
        return call.isPresent();
    }

    private List<Slot> operands(List<Slot> summands) {
        List<Slot> operands = new ArrayList<>(List.of(operand(0), operand(1)));
        operands.addAll(summands);
        return operands;
    }

    private void kernel() {
        ConvGeometry wide = geometry.over(3);
        String type = CTypes.stored(dtype);
        KernelBuilder kernel = new KernelBuilder("conv", "elementwise.cuh", "reduce.cuh", "conv.cuh");
        String arguments = String.join(", ", kernel.pointer(operand(0), "const " + type), kernel.pointer(operand(1), "const " + type),
                kernel.pointer(code.slot(node.output()), type));
        kernel.line("const Windows windows = {" + String.join(", ", kernel.numbers(wide.input().subShape(1, 4).dims()),
                kernel.numbers(wide.window().dims()), kernel.numbers(wide.output().subShape(1, 4).dims()),
                kernel.numbers(longs(wide.spec().strides())), kernel.numbers(longs(wide.spec().lows())),
                kernel.numbers(longs(wide.spec().dilations())), kernel.number(wide.input().dim(-1)),
                kernel.number(wide.kernel().dim(-2)), kernel.number(wide.kernel().dim(-1)),
                kernel.number(wide.kernel().dim(-1) / wide.spec().groups())) + "};");
        if (kind == Convolution.Kind.KERNEL_GRADIENT) {
            kernel.line("conv_kernel_gradient(" + arguments + ", windows, " + kernel.number(wide.input().dim(0)) + ");");
            kernel.launch(Geometry.columns(wide.kernel().remove(-1).size(), wide.kernel().dim(-1)), what(), code);
        } else {
            long count = node.output().type().shape().size();
            kernel.line((kind == Convolution.Kind.FORWARD ? "conv_forward(" : "conv_input_gradient(") + arguments + ", windows, "
                    + kernel.number(count) + ");");
            kernel.launch(Geometry.loop(count), what(), code);
        }
    }

    private static long[] longs(List<Integer> list) {
        return list.stream().mapToLong(Integer::longValue).toArray();
    }
}
