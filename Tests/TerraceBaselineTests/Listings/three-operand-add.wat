;; An addition whose operands must survive is a lea, which has a destination of its own.
(module
  (func (param i32 i32 i32) (result i32)
    local.get 0
    local.get 1
    i32.add
    local.set 2
    local.get 2
    i32.const 8
    i32.add
    local.get 0
    i32.const 4
    i32.sub
    i32.xor
    local.get 2
    i32.or))

;; Code
;; function 0
;;   prologue
;;     | 0000  55                              push rbp
;;     | 0001  48 89 e5                        mov rbp, rsp
;;     | 0004  41 56                           push r14
;;     | 0006  4c 8d 9c 24 b8 ff ff ff         lea r11, [rsp - 72]
;;     | 000e  4d 3b 1e                        cmp r11, [r14]
;;     | 0011  0f 82 22 00 00 00               jb +0x39
;;     | 0017  4c 89 dc                        mov rsp, r11
;;     | 001a  49 89 f0                        mov r8, rsi
;;     | 001d  49 89 f9                        mov r9, rdi
;;     | 0020  49 89 d2                        mov r10, rdx
;;   local.get 0
;;   local.get 1
;;   i32.add
;;   local.set 2
;;     | 0023  47 8d 14 01                     lea r10d, [r9 + r8]
;;   local.get 2
;;   i32.const 8
;;   i32.add
;;     | 0027  41 8d 7a 08                     lea edi, [r10 + 8]
;;   local.get 0
;;   i32.const 4
;;   i32.sub
;;     | 002b  41 8d 71 fc                     lea esi, [r9 - 4]
;;   i32.xor
;;     | 002f  31 f7                           xor edi, esi
;;   local.get 2
;;   i32.or
;;     | 0031  44 09 d7                        or edi, r10d
;;   end
;;     | 0034  48 89 f8                        mov rax, rdi
;;     | 0037  c9                              leave
;;     | 0038  c3                              ret
;;   behind the function
;;     | 0039  0f 0b                           ud2
