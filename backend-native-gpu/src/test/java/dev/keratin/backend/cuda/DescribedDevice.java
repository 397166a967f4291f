package dev.keratin.backend.cuda;

import static org.bytedeco.cuda.global.cudnn.CUDNN_ATTR_DEVICEPROP_JSON_REPRESENTATION;
import static org.bytedeco.cuda.global.cudnn.CUDNN_ATTR_ENGINEHEUR_DEVICEPROP;
import static org.bytedeco.cuda.global.cudnn.CUDNN_ATTR_EXECUTION_PLAN_DEVICEPROP;
import static org.bytedeco.cuda.global.cudnn.CUDNN_BACKEND_DEVICEPROP_DESCRIPTOR;
import static org.bytedeco.cuda.global.cudnn.CUDNN_TYPE_CHAR;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.bytedeco.javacpp.BytePointer;

/**
 * A device that is not there, for which cuDNN makes plans all the same: it chooses engines and compiles kernels by what it is
 * told of the device. So NVIDIA's own library says here what it takes; only running the plans needs the device.
 */
record DescribedDevice(Descriptor device, CudnnStatus status) implements GraphTarget {
    /** An H200; in a process whose libraries are NVIDIA's. */
    static DescribedDevice h200() {
        CudaLibraries files = new CudaLibraries(Host.here());
        files.prepareDriver();
        files.prepareOthers();
        CudnnStatus status = new CudnnStatus(new Faults());
        byte[] text = text("h200.json");
        try (BytePointer data = new BytePointer(text)) {
            return new DescribedDevice(new Descriptor(CUDNN_BACKEND_DEVICEPROP_DESCRIPTOR, status)
                    .set(CUDNN_ATTR_DEVICEPROP_JSON_REPRESENTATION, CUDNN_TYPE_CHAR, text.length, data).finish().keep(), status);
        }
    }

    private static byte[] text(String resource) {
        try (InputStream stream = DescribedDevice.class.getResourceAsStream(resource)) {
            return stream.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Descriptor graph(Descriptor descriptor) {
        return descriptor;
    }

    @Override
    public Descriptor heuristics(Descriptor descriptor) {
        return descriptor.parts(CUDNN_ATTR_ENGINEHEUR_DEVICEPROP, device);
    }

    @Override
    public Descriptor plan(Descriptor descriptor) {
        return descriptor.parts(CUDNN_ATTR_EXECUTION_PLAN_DEVICEPROP, device);
    }
}
