;; The first result is in rax, the others in an area of the caller's frame, whose address the callee gets in rax.
(module
  (func $pair (param i32) (result i32 i64)
    local.get 0
    i64.const 5)
  (func (param i32) (result i64)
    local.get 0
    call $pair
    i64.eqz
    drop
    i64.extend_i32_u))

;; Code
;; function 0 $pair
;;   prologue
;;     | 0000  55                              push rbp
;;     | 0001  48 89 e5                        mov rbp, rsp
;;     | 0004  41 56                           push r14
;;     | 0006  4c 8d 9c 24 d8 ff ff ff         lea r11, [rsp - 40]
;;     | 000e  4d 3b 1e                        cmp r11, qword ptr [r14]
;;     | 0011  0f 82 1f 00 00 00               jb 0x36
;;     | 0017  4c 89 dc                        mov rsp, r11
;;     | 001a  48 89 45 e8                     mov qword ptr [rbp - 24], rax
;;     | 001e  48 89 fb                        mov rbx, rdi
;;   local.get 0
;;   i64.const 5
;;   end
;;     | 0021  4c 8b 5d e8                     mov r11, qword ptr [rbp - 24]
;;     | 0025  41 be 05 00 00 00               mov r14d, 5
;;     | 002b  4d 89 33                        mov qword ptr [r11], r14
;;     | 002e  4c 8b 75 f8                     mov r14, qword ptr [rbp - 8]
;;     | 0032  89 d8                           mov eax, ebx
;;     | 0034  c9                              leave
;;     | 0035  c3                              ret
;;   behind the function
;;     | 0036  0f 0b                           ud2
;; function 1
;;   prologue
;;     | 0000  55                              push rbp
;;     | 0001  48 89 e5                        mov rbp, rsp
;;     | 0004  41 56                           push r14
;;     | 0006  4c 8d 9c 24 d8 ff ff ff         lea r11, [rsp - 40]
;;     | 000e  4d 3b 1e                        cmp r11, qword ptr [r14]
;;     | 0011  0f 82 2d 00 00 00               jb 0x44
;;     | 0017  4c 89 dc                        mov rsp, r11
;;     | 001a  48 89 fb                        mov rbx, rdi
;;   local.get 0
;;   call 0
;;     | 001d  89 5d f0                        mov dword ptr [rbp - 16], ebx
;;     | 0020  48 89 df                        mov rdi, rbx
;;     | 0023  48 8d 04 24                     lea rax, [rsp]
;;     | 0027  ff 15 00 00 00 00               call qword ptr [rip]
;;     | 002d  4c 8b 1c 24                     mov r11, qword ptr [rsp]
;;     | 0031  4c 89 5d e0                     mov qword ptr [rbp - 32], r11
;;   i64.eqz
;;     | 0035  48 83 7d e0 00                  cmp qword ptr [rbp - 32], 0
;;     | 003a  40 0f 94 c7                     sete dil
;;     | 003e  40 0f b6 ff                     movzx edi, dil
;;   drop
;;   i64.extend_i32_u
;;   end
;;     | 0042  c9                              leave
;;     | 0043  c3                              ret
;;   behind the function
;;     | 0044  0f 0b                           ud2
