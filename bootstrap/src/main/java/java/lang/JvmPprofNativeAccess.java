package java.lang;

import java.util.function.Consumer;

/**
 * Lets one module call native code, as {@code --enable-native-access} does for those that the user
 * names. The agent applies it to a module of its own, so that the JVM's warning (JEP 472) neither
 * reaches the user's console nor is silenced for the application.
 */
final class JvmPprofNativeAccess implements Consumer<Module> {
  JvmPprofNativeAccess() {}

  @Override
  public void accept(Module module) {
    module.implAddEnableNativeAccess();
  }
}
