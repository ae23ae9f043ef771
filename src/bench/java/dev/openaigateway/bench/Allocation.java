package dev.openaigateway.bench;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.management.AttributeNotFoundException;
import javax.management.JMException;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** The bytes that the threads of another JVM have allocated, read over its management interface. Needs JDK 21 or later in it. */
final class Allocation {

    private static final String THREADS = "java.lang:type=Threading";
    private static final String TOTAL = "TotalThreadAllocatedBytes";
    private static final Map<Long, MBeanServerConnection> CONNECTIONS = new ConcurrentHashMap<>();

    private Allocation() {
    }

    /** Bytes since the start of the process; 0 if they are unknown. */
    static long bytes(ProcessHandle process) {
        try {
            return (long) CONNECTIONS.computeIfAbsent(process.pid(), Allocation::connect).getAttribute(new ObjectName(THREADS), TOTAL);
        } catch (AttributeNotFoundException beforeJdk21) {
            return 0;
        } catch (JMException | IOException e) {
            throw new BrokenRunException("reading the allocation", e);
        }
    }

    private static MBeanServerConnection connect(long pid) {
        try {
            VirtualMachine machine = VirtualMachine.attach(Long.toString(pid));
            String address = machine.startLocalManagementAgent();
            machine.detach();
            return JMXConnectorFactory.connect(new JMXServiceURL(address)).getMBeanServerConnection();
        } catch (IOException | AttachNotSupportedException e) {
            throw new BrokenRunException("reading the allocation", e);
        }
    }
}
