@echo off
rem Gnomon's launcher for Windows; what it does and which variables it reads: see the file gnomon.
setlocal
set "HOME_DIR=%~dp0"
if "%HOME_DIR:~-1%"=="\" set "HOME_DIR=%HOME_DIR:~0,-1%"
set "JAVA=java"
if defined JAVA_HOME set "JAVA=%JAVA_HOME%\bin\java"
"%JAVA%" --version >nul 2>&1
if errorlevel 1 (
  echo gnomon: no usable java found: install a JDK 17 or newer, or set JAVA_HOME 1>&2
  exit /b 2
)
set "MAJOR=0"
for /f "tokens=2 delims=. " %%v in ('call "%JAVA%" --version ^| findstr /b /r "openjdk java"') do set "MAJOR=%%v"
if %MAJOR% LSS 17 (
  echo gnomon: needs Java 17 or newer, found %MAJOR%: set JAVA_HOME to a newer JDK 1>&2
  exit /b 2
)

rem The stamp is written by a build that came to its end; one whose sources are newer is done again.
set "STAMP=%HOME_DIR%\target\gnomon.built"
powershell -NoProfile -Command ^
  "$s = Get-Item -LiteralPath $env:STAMP -ErrorAction SilentlyContinue;" ^
  "if (-not $s -or -not (Test-Path -LiteralPath (Join-Path $env:HOME_DIR 'target\gnomon.jar'))) { exit 1 };" ^
  "$n = Get-ChildItem -LiteralPath (Join-Path $env:HOME_DIR 'pom.xml'), (Join-Path $env:HOME_DIR 'src\main') -Recurse | Where-Object { $_.LastWriteTime -gt $s.LastWriteTime };" ^
  "if ($n) { exit 1 }"
if not errorlevel 1 goto built
echo gnomon: building (first use, or the sources changed); downloads libraries if they are missing 1>&2
if exist "%STAMP%" del "%STAMP%"
pushd "%HOME_DIR%"
call mvnw.cmd -q -B -DskipTests -Dspotless.check.skip package 1>&2
if errorlevel 1 (
  popd
  echo gnomon: the build failed, as said above; mvnw.cmd package shows it in full 1>&2
  exit /b 1
)
popd
type nul > "%STAMP%"
:built

set "ACCELERATOR=%GNOMON_ACCELERATOR%"
if "%ACCELERATOR%"=="" set "ACCELERATOR=auto"
if /i "%ACCELERATOR%"=="auto" (
  set "ACCELERATOR=cpu"
  nvidia-smi -L 2>nul | findstr /b "GPU " >nul && set "ACCELERATOR=cuda"
)
set "CLASSPATH=%HOME_DIR%\target\gnomon.jar;%HOME_DIR%\target\lib\*"
if "%ACCELERATOR%"=="cuda" (
  if not defined TORCH_ALLOW_TF32_CUBLAS_OVERRIDE set "TORCH_ALLOW_TF32_CUBLAS_OVERRIDE=1"
  if not exist "%HOME_DIR%\target\cpu" mkdir "%HOME_DIR%\target\cpu"
  move /y "%HOME_DIR%\target\lib\pytorch-native-cpu*.jar" "%HOME_DIR%\target\cpu" >nul 2>&1
) else (
  move /y "%HOME_DIR%\target\cpu\pytorch-native-cpu*.jar" "%HOME_DIR%\target\lib" >nul 2>&1
)
"%JAVA%" -XX:MaxRAMPercentage=50 -XX:+UseSerialGC -Xms192m -Xmn96m -XX:+AlwaysPreTouch -Dfile.encoding=UTF-8 -Dstdout.encoding=UTF-8 -Dstderr.encoding=UTF-8 ^
  "-Dgnomon.home=%HOME_DIR%" -Dai.djl.pytorch.graph_optimizer=false ^
  -Dorg.bytedeco.javacpp.maxphysicalbytes=0 -Djava.awt.headless=true %GNOMON_JAVA_OPTS% io.gnomon.cli.Main %*
exit /b %ERRORLEVEL%
