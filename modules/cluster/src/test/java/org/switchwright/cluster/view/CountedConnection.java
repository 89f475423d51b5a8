package org.switchwright.cluster.view;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.util.concurrent.atomic.AtomicLong;

/** Counts how often something is executed: each time is one round trip to the server. */
final class CountedConnection {
  private CountedConnection() {}

  static Connection of(Connection connection, AtomicLong executions) {
    return counted(Connection.class, connection, executions);
  }

  private static <T> T counted(Class<T> type, T target, AtomicLong executions) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (_, method, arguments) -> {
              if (method.getName().startsWith("execute")) {
                executions.incrementAndGet();
              }
              try {
                Object result = method.invoke(target, arguments);
                return result instanceof PreparedStatement statement
                    ? counted(PreparedStatement.class, statement, executions)
                    : result;
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            }));
  }
}
