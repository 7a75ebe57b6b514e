namespace EodPredict.Database;

/// <summary>Lets one process at a time make, start or stop a private server. Freed by the system when its holder dies.</summary>
internal static class StartLock
{
    public static async Task<FileStream> TakeAsync(string file, TimeProvider time, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                return new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (File.Exists(file))
            {
                await Task.Delay(TimeSpan.FromMilliseconds(50), time, cancellationToken);
            }
        }
    }
}
