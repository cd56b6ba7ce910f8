;; Bulk operators call the runtime through a shared stub; everything that lives on is stored before.
(module
  (memory 1)
  (func (param i32 i32 i32) (result i32)
    local.get 0
    i32.const 0
    local.get 2
    memory.fill
    local.get 1))

;; Code
;; function 0
;;   prologue
;;     | 0000  55                              push rbp
;;     | 0001  48 89 e5                        mov rbp, rsp
;;     | 0004  41 56                           push r14
;;     | 0006  4c 8d 9c 24 c8 ff ff ff         lea r11, [rsp - 56]
;;     | 000e  4d 3b 1e                        cmp r11, qword ptr [r14]
;;     | 0011  0f 82 34 00 00 00               jb 0x4b
;;     | 0017  4c 89 dc                        mov rsp, r11
;;     | 001a  48 89 fb                        mov rbx, rdi
;;     | 001d  49 89 f4                        mov r12, rsi
;;     | 0020  49 89 d5                        mov r13, rdx
;;   local.get 0
;;   i32.const 0
;;   local.get 2
;;   memory.fill 0
;;     | 0023  89 5d f0                        mov dword ptr [rbp - 16], ebx
;;     | 0026  44 89 65 e8                     mov dword ptr [rbp - 24], r12d
;;     | 002a  44 89 6d e0                     mov dword ptr [rbp - 32], r13d
;;     | 002e  48 89 da                        mov rdx, rbx
;;     | 0031  4d 89 e8                        mov r8, r13
;;     | 0034  b9 00 00 00 00                  mov ecx, 0
;;     | 0039  be 00 00 00 00                  mov esi, 0
;;     | 003e  4d 8b 5e 20                     mov r11, qword ptr [r14 + 32]
;;     | 0042  41 ff 53 10                     call qword ptr [r11 + 16]
;;   local.get 1
;;   end
;;     | 0046  8b 45 e8                        mov eax, dword ptr [rbp - 24]
;;     | 0049  c9                              leave
;;     | 004a  c3                              ret
;;   behind the function
;;     | 004b  0f 0b                           ud2
