using Azure;

namespace Relay.Storage;

/// <summary>Separates a condition that does not hold, which is an answer, from storage that does not answer.</summary>
internal static class AzureFailure
{
    /// <summary>Whether the blob was not there, while its container was.</summary>
    public static bool IsNotFound(this RequestFailedException e) => e.Status == 404 && e.ErrorCode != "ContainerNotFound";

    /// <summary>Whether the request's condition, or the lease that it named, does not hold.</summary>
    public static bool IsConditionNotMet(this RequestFailedException e) => e.Status is 409 or 412 && e.ErrorCode != "ContainerBeingDeleted";

    /// <summary>Runs one request. Whatever goes wrong with it, but for cancellation, is <see cref="StorageUnavailableException"/>.</summary>
    public static async Task<T> RequestAsync<T>(string operation, Func<Task<T>> request, CancellationToken cancellation)
    {
        try
        {
            return await request();
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception e)
        {
            throw new StorageUnavailableException(operation, e);
        }
    }
}
