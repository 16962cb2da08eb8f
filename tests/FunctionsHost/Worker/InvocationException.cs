namespace FunctionsHost.Worker;

/// <summary>A function has failed, or its worker is gone.</summary>
internal sealed class InvocationException(string message, Exception? inner = null) : Exception(message, inner);
