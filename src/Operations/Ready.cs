using Azure.Storage.Blobs;

namespace Operations;

/// <summary>Waits until the roles on storage are in effect, so that the first deployment is not refused with a 403.</summary>
/// <remarks>
/// The package is stored by the app, whose roles nobody else can try. The operator's are given with them, by the same deployment
/// and on the same account: once these are known, the app's are as a rule.
/// </remarks>
internal sealed class Ready(BlobContainerClient state, RoleWait roles, TextWriter output)
{
    /// <summary>Returns at once where they are.</summary>
    public async Task RunAsync()
    {
        try
        {
            await roles.ForAsync(() => state.GetPropertiesAsync());
        }
        catch (Exception e) when (RoleWait.IsShutOut(e))
        {
            output.WriteLine("Storage cannot be reached from here, so whether its roles are in effect is not known.");
        }
    }
}
