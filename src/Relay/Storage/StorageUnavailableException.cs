using Relay.Text;

namespace Relay.Storage;

/// <summary>The storage account did not answer, or not in a way that could be used. Trying again later may help.</summary>
public sealed class StorageUnavailableException : Exception
{
    /// <summary>Storage failed while it was asked to do <paramref name="operation"/>.</summary>
    public StorageUnavailableException(string operation, Exception cause)
        : base($"Storage did not {operation}: {FirstLine.Of(cause.GetBaseException())}", cause)
    {
    }
}
