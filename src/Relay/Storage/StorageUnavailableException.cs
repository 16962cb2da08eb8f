namespace Relay.Storage;

/// <summary>The storage account did not answer, or not in a way that could be used. Trying again later may help.</summary>
public sealed class StorageUnavailableException : Exception
{
    /// <summary>Storage failed while it was asked to do <paramref name="operation"/>.</summary>
    public StorageUnavailableException(string operation, Exception cause)
        : base($"Storage did not {operation}: {FirstLine(cause.GetBaseException().Message)}", cause)
    {
    }

    /// <summary>The SDK's messages go on with every header of the reply.</summary>
    private static string FirstLine(string message) => message.Split('\n')[0].TrimEnd();
}
