namespace Operations;

/// <summary>The command cannot be carried out; the message is the one line that says why and what to do.</summary>
internal sealed class OperationException(string message) : Exception(message);
