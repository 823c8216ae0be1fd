package org.jvmpprof.it;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContextProvider;

/** Runs a test once per JDK, see {@link OnEachJdk}. */
final class OnEachJdkExtension implements TestTemplateInvocationContextProvider {

  @Override
  public boolean supportsTestTemplate(ExtensionContext context) {
    return context.getRequiredTestMethod().isAnnotationPresent(OnEachJdk.class);
  }

  @Override
  public Stream<TestTemplateInvocationContext> provideTestTemplateInvocationContexts(
      ExtensionContext context) {
    OnEachJdk test = context.getRequiredTestMethod().getAnnotation(OnEachJdk.class);
    return IntStream.of(test.value())
        .mapToObj(version -> new OnJdk(version, Jdks.find(version), Jdks.isRequired(version)));
  }

  /** One run of the test. */
  record OnJdk(int version, Optional<Jdk> jdk, boolean required)
      implements TestTemplateInvocationContext {

    @Override
    public String getDisplayName(int invocationIndex) {
      return "JDK " + version;
    }

    @Override
    public List<Extension> getAdditionalExtensions() {
      return List.of(jdk.map(JavaParameter::new).map(Extension.class::cast).orElseGet(this::none));
    }

    private Extension none() {
      String reason = "no JDK " + version + " beside " + System.getProperty("java.home");
      if (!required) {
        return (ExecutionCondition) test -> ConditionEvaluationResult.disabled(reason);
      }
      return (BeforeEachCallback)
          test -> {
            throw new AssertionError(reason + ", but " + Jdks.REQUIRED + " names it");
          };
    }
  }

  private record JavaParameter(Jdk jdk) implements ParameterResolver {

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
      return parameter.getParameter().getType() == Java.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext test) {
      return Java.forTest(
          jdk, test.getRequiredTestClass().getSimpleName(), test.getRequiredTestMethod().getName());
    }
  }
}
